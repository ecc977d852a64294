import { Prisma } from '../generated/prisma/client.js'

/**
 * `queueOrder` of the policy as SQL: the columns by which the waiting cases of a unit are ordered, of the row `alias` of `care_case`.
 * They are a list, for `ORDER BY`, so that the index `care_case_queue` gives the order; in brackets they are a place to compare. [R32]
 */
export const queueColumns = (alias: 'a' | 'c' | 'ordered'): Prisma.Sql =>
  Prisma.raw(['queue_class', 'target_at', 'entered_at', 'id'].map((column) => `${alias}.${column}`).join(', '))
