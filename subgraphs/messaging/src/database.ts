import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from './generated/prisma/client.js'

export type Db = PrismaClient
/** Inside a transaction. */
export type Tx = Prisma.TransactionClient

export const SCHEMA = 'messaging'

/** Connects lazily; `$disconnect()` ends the pool. */
export function connectDatabase(databaseUrl: string, maxConnections = 10): Db {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: maxConnections }, { schema: SCHEMA }) })
}
