import type { CareRelations } from '@vardgraf/policy/rules'
import { takingTime } from './rules.js'

/**
 * Rules of `rules.ts` as SQL over rows of visits.visit: each is written here once, for every statement. `sql.test.ts` compares the two.
 * Arguments are names of rows and of parameters in the statement, never values.
 */

const takesTimeSql = (visit: string): string => `${visit}.status IN (${takingTime.map((status) => `'${status}'`).join(', ')})`

/** `overlaps` of two rows. */
export const overlapsSql = (a: string, b: string): string =>
  `(${takesTimeSql(a)} AND ${takesTimeSql(b)} AND ${a}.starts_at < ${b}.ends_at AND ${b}.starts_at < ${a}.ends_at)`

/**
 * `givesRelation` of a row. The parameters are three columns of `relationColumns`: since when a relation holds, by region, and in a region
 * without a policy in force.
 */
export const givesRelationSql = (visit: string, regions: string, sinces: string, elsewhere: string): string =>
  `EXISTS (SELECT FROM (SELECT COALESCE(
              (SELECT own.since FROM unnest(${regions}::text[], ${sinces}::timestamptz[]) AS own(region, since) WHERE own.region = ${visit}.region),
              ${elsewhere}::timestamptz) AS since) relation
            WHERE ${visit}.starts_at >= relation.since AND (${visit}.status <> 'CANCELLED' OR ${visit}.cancelled_at >= relation.since))`

/** The values for `givesRelationSql`, in its order. */
export const relationColumns = ({ byRegion, elsewhere }: CareRelations): [string[], Date[], Date] => [
  [...byRegion.keys()],
  [...byRegion.values()],
  elsewhere,
]
