import { takingTime } from './rules.js'

/**
 * Rules of `rules.ts` as SQL over rows of visits.visit: each is written here once, for every statement. `sql.test.ts` compares the two.
 * Arguments are names of rows and of parameters in the statement, never values.
 */

const takesTimeSql = (visit: string): string => `${visit}.status IN (${takingTime.map((status) => `'${status}'`).join(', ')})`

/** `overlaps` of two rows. */
export const overlapsSql = (a: string, b: string): string =>
  `(${takesTimeSql(a)} AND ${takesTimeSql(b)} AND ${a}.starts_at < ${b}.ends_at AND ${b}.starts_at < ${a}.ends_at)`

/** `givesRelation` of a row; `regions` and `sinces` are the columns of `careRelationSinces`. A region that is not in them gives none. */
export const givesRelationSql = (visit: string, regions: string, sinces: string): string =>
  `EXISTS (SELECT FROM unnest(${regions}::text[], ${sinces}::timestamptz[]) AS relation(region, since)
            WHERE relation.region = ${visit}.region AND ${visit}.starts_at >= relation.since
              AND (${visit}.status <> 'CANCELLED' OR ${visit}.cancelled_at >= relation.since))`
