import { PrismaPg } from '@prisma/adapter-pg'
import { clientOfLanes, type Platform } from '@vardgraf/service'
import { type Prisma, PrismaClient } from './generated/prisma/client.js'

/** The PostgreSQL schema that this subgraph owns. */
export const SCHEMA = 'patients'

export type Db = PrismaClient
/** Inside a transaction. */
export type Tx = Prisma.TransactionClient

/** Shares the process's connections, of the lane in which the work is; with an address instead, has its own until `$disconnect`. */
export function connectDatabase(connections: Platform['pool'] | string): Db {
  const open = (pool: ConstructorParameters<typeof PrismaPg>[0]): Db =>
    new PrismaClient({ adapter: new PrismaPg(pool, { schema: SCHEMA }) })
  return typeof connections === 'string' ? open(connections) : clientOfLanes(connections, open)
}

/** PostgreSQL's dates come as midnight UTC. */
export const toDate = (value: Date): string => value.toISOString().slice(0, 10)
export const fromDate = (date: string): Date => new Date(`${date}T00:00:00Z`)
