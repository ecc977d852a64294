import type { CareRelations } from '@vardgraf/policy/rules'
import { Prisma } from '../generated/prisma/client.js'
import { endedWithUnit, ongoingStatuses } from './rules.js'

/** `isHandledBy` of `rules.ts` as SQL: about the row `c` of `care_case`, and a unit that is a value or a column. [A1, R14] */
export const handledBy = (unitId: Prisma.Sql | string, { byRegion, elsewhere }: CareRelations): Prisma.Sql => Prisma.sql`(
  c.responder_unit_id = ${unitId} AND (
    c.status::text = ANY(${[...ongoingStatuses]}::text[])
    OR c.status::text = ANY(${[...endedWithUnit]}::text[]) AND c.closed_at >= COALESCE(
      (SELECT s.since FROM unnest(${[...byRegion.keys()]}::text[], ${[...byRegion.values()]}::timestamptz[]) AS s(region, since)
       WHERE s.region = c.region),
      ${elsewhere}::timestamptz)))`
