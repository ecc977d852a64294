import { PrismaPg } from '@prisma/adapter-pg'
import { clientOfLanes, type Platform } from '@vardgraf/service'
import { type Prisma, PrismaClient, type Visit } from './generated/prisma/client.js'

/** The PostgreSQL schema that this subgraph owns. */
export const SCHEMA = 'visits'

export type Db = PrismaClient
/** Inside a transaction. */
export type Tx = Prisma.TransactionClient
/** A visit as stored. Ids are local; instants are `Date`s. */
export type VisitRow = Visit

/** Shares the process's connections, of the lane in which the work is. */
export function connectDatabase(connections: Platform['pool']): Db {
  return clientOfLanes(connections, (pool) => new PrismaClient({ adapter: new PrismaPg(pool, { schema: SCHEMA }) }))
}
