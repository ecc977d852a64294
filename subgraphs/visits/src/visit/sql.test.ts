import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VisitStatus } from '../generated/prisma/enums.js'
import { type Service, startService } from '../testing/service.js'
import { givesRelation, overlaps } from './rules.js'
import { givesRelationSql, overlapsSql, relationColumns } from './sql.js'

const now = new Date('2026-11-24T12:00:00+01:00')
const minutes = (n: number): Date => new Date(now.getTime() + n * 60_000)

const regions = ['north', 'south']
const visit = fc
  .record({
    region: fc.constantFrom(...regions),
    // Few instants, so that they meet: a boundary is hit in most runs.
    from: fc.integer({ min: -4, max: 4 }),
    length: fc.integer({ min: 1, max: 4 }),
    status: fc.constantFrom(...Object.values(VisitStatus)),
    cancelled: fc.integer({ min: -4, max: 4 }),
  })
  .map(({ region, from, length, status, cancelled }) => ({
    region,
    startsAt: minutes(from),
    endsAt: minutes(from + length),
    status,
    cancelledAt: status === 'CANCELLED' ? minutes(cancelled) : null,
  }))
type Row = typeof visit extends fc.Arbitrary<infer R> ? R : never

/** Rows with the columns that the fragments read, numbered from 1. */
const asTable = (rows: Row[]) => ({
  text: `unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::timestamptz[])
         WITH ORDINALITY AS v(region, starts_at, ends_at, status, cancelled_at, place)`,
  values: [
    rows.map((row) => row.region),
    rows.map((row) => row.startsAt),
    rows.map((row) => row.endsAt),
    rows.map((row) => row.status),
    rows.map((row) => row.cancelledAt),
  ],
})

describe('the rules of visits as SQL', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService(now.toISOString())
  })
  afterAll(() => service.stop())

  it('[A1] give a care relation exactly where the rule does, by the region of each visit, and elsewhere', async () => {
    const since = fc.integer({ min: -4, max: 4 }).map(minutes)
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 20 }), since, since, async (rows, north, south) => {
        const { text, values } = asTable(rows)
        const { rows: found } = await service.platform.pool.query<{ given: boolean }>(
          `SELECT ${givesRelationSql('v', '$6', '$7', '$8')} AS given FROM ${text} ORDER BY place`,
          [...values, ...relationColumns({ byRegion: new Map([['north', north]]), elsewhere: south })],
        )
        const expected = rows.map((row) => givesRelation(row, row.region === 'north' ? north : south))
        expect(found.map(({ given }) => given)).toEqual(expected)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('[R36] overlap exactly where the rule does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { minLength: 2, maxLength: 8 }), async (rows) => {
        const { text, values } = asTable(rows)
        const { rows: found } = await service.platform.pool.query<{ met: boolean }>(
          `WITH visit AS (SELECT * FROM ${text})
           SELECT ${overlapsSql('a', 'b')} AS met FROM visit a CROSS JOIN visit b ORDER BY a.place, b.place`,
          values,
        )
        expect(found.map(({ met }) => met)).toEqual(rows.flatMap((a) => rows.map((b) => overlaps(a, b))))
      }),
      { numRuns: 100, seed: 1 },
    )
  })
})
