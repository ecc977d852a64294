import { globalId } from '@vardgraf/relay'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../database.js'
import { nurse, patient, type Service, startService, uuid } from '../testing/service.js'
import { newVisit } from '../testing/visits.js'
import { visitFacts } from './facts.js'
import { givesRelation } from './rules.js'

const now = '2026-11-22T12:00:00+01:00'
const units = ['SE2321000131-H001', 'SE2321000131-H002']
const people = Array.from({ length: 6 }, (_, i) => uuid(i + 1))
const HOUR_MS = 3_600_000

interface Stored {
  id: string
  patientId: string
  unitId: string
  startsAt: Date
  status: 'BOOKED' | 'CANCELLED'
  cancelledAt: Date | null
}

/** From when a visit gives a relation: 30 elapsed days, in both regions. */
const since = (at: Date): Date => new Date(at.getTime() - 30 * 24 * HOUR_MS)

describe('lists of visits', () => {
  let service: Service
  const rows: Stored[] = []
  beforeAll(async () => {
    service = await startService(now)
    const db = connectDatabase(service.platform.pool)
    // Every 7 hours from 50 days ago on, so that instants, people and units meet in all ways; every fifth cancelled.
    for (let n = 0; n < 240; n += 1) {
      const startsAt = new Date(new Date(now).getTime() + (n * 7 - 1200) * HOUR_MS)
      const cancelledAt = n % 5 === 0 ? new Date(new Date(now).getTime() - n * 6 * HOUR_MS) : null
      const status = cancelledAt ? ('CANCELLED' as const) : ('BOOKED' as const)
      const fields = { patientId: people[n % 6] ?? '', unitId: units[n % 2 === 0 || n % 3 === 0 ? 0 : 1] ?? '', startsAt }
      rows.push(await db.visit.create({ data: { ...newVisit(fields), status, cancelledAt } }).then((row) => ({ ...row, status })))
    }
  })
  afterAll(() => service.stop())

  const readAll = async (
    viewer: Parameters<Service['ask']>[0],
    type: string,
    id: string,
    first: number,
    period: object = {},
  ): Promise<string[]> => {
    const query = `query ($id: ID!, $first: Int!, $after: String, $from: DateTime, $to: DateTime) {
      _entities(representations: [{ __typename: "${type}", id: $id }]) { ... on ${type} {
        visits(first: $first, after: $after, from: $from, to: $to) { edges { node { id startsAt } } pageInfo { hasNextPage endCursor } } } } }`
    const found: string[] = []
    for (let after: string | null = null; ; ) {
      const { data } = await service.ask(viewer, query, { id, first, after, ...period })
      const { edges, pageInfo } = data._entities[0].visits
      found.push(...edges.map((edge: { node: { id: string } }) => edge.node.id))
      if (!pageInfo.hasNextPage) return found
      after = pageInfo.endCursor
    }
  }
  const ids = (stored: Stored[]) => stored.map((row) => globalId('Visit', row.id))

  it('give every visit of a patient once, in order, whatever the page and the period', async () => {
    const hour = fc.integer({ min: -1300, max: 600 }).map((hours) => new Date(new Date(now).getTime() + hours * HOUR_MS))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...people),
        fc.integer({ min: 1, max: 100 }),
        fc.option(hour),
        fc.option(hour),
        async (person, first, from, to) => {
          const expected = rows.filter(
            (row) => row.patientId === person && (!from || row.startsAt >= from) && (!to || row.startsAt < to),
          )
          expect(await readAll(patient(person), 'Patient', globalId('Patient', person), first, { from, to })).toEqual(
            ids(expected),
          )
        },
      ),
      { numRuns: 25 },
    )
  })

  it('[A1] of a unit hold what gives it a care relation, and nothing else', async () => {
    const unit = units[0] ?? ''
    const expected = rows.filter((row) => row.unitId === unit && givesRelation(row, since(new Date(now))))
    expect(expected.length).toBeGreaterThan(50)
    expect(await readAll(nurse(unit), 'CareUnit', globalId('CareUnit', unit), 20)).toEqual(ids(expected))
    expect(await readAll(nurse(unit), 'CareUnit', globalId('CareUnit', unit), 20, { from: '2020-01-01T00:00:00Z' })).toEqual(
      ids(expected),
    )
  })

  it('[A1] of a patient hold for staff what is their own unit’s', async () => {
    const unit = units[1] ?? ''
    const person = people[1] ?? ''
    const expected = rows.filter((row) => row.patientId === person && row.unitId === unit)
    expect(expected.length).toBeGreaterThan(5)
    expect(await readAll(nurse(unit), 'Patient', globalId('Patient', person), 3)).toEqual(ids(expected))
  })

  it('[A1] facts and rule agree on who is related to whom', async () => {
    const instant = fc.integer({ min: -1300, max: 2000 }).map((hours) => new Date(new Date(now).getTime() + hours * HOUR_MS))
    await fc.assert(
      fc.asyncProperty(instant, async (at) => {
        const keys = [...people, uuid(404), 'no uuid'].flatMap((patientId) =>
          [...units, 'SE-X'].map((unitId) => ({ patientId, unitId })),
        )
        const expected = keys.map((key) =>
          rows.some((row) => row.patientId === key.patientId && row.unitId === key.unitId && givesRelation(row, since(at))),
        )
        const { visitRelation } = visitFacts({ ...service.services, clock: { ...service.platform.clock, now: () => at } })
        expect(await visitRelation?.(keys)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('take as many statements for six patients as for one', async () => {
    const pool = service.platform.pool.of('requests')
    const query = pool.query.bind(pool)
    const statements: string[] = []
    const count = async (persons: string[]) => {
      statements.length = 0
      pool.query = ((...args: unknown[]) => {
        statements.push(String(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text))
        return (query as (...args: unknown[]) => unknown)(...args)
      }) as typeof pool.query
      const representations = persons.map((person) => ({ __typename: 'Patient', id: globalId('Patient', person) }))
      const asked = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Patient {
        visits(first: 50) { edges { node { id startsAt patient { id } cancelDeadline { at } joinWindow { opensAt } } } } } } }`
      const { data } = await service.ask(nurse(units[0] ?? ''), asked, { representations })
      pool.query = query
      return { statements: statements.length, found: data._entities.filter((e: { visits: object | null }) => e.visits).length }
    }
    const [one, six] = [await count(people.slice(0, 1)), await count(people)]
    expect(one.statements).toBeGreaterThan(1)
    expect(six.found).toBeGreaterThan(2)
    expect(six.statements).toBe(one.statements)
  })

  it('take no string whatever as a cursor or an id but their own', async () => {
    const types = ['Patient', 'CareUnit', 'CareCase', 'Visit']
    const list = 'visits(first: 1, after: $after) { edges { cursor } }'
    const query = `query ($id: ID!, $after: String, $r: [_Any!]!) { visit(id: $id) { id } _entities(representations: $r) {
      ... on Patient { ${list} } ... on CareUnit { ${list} } ... on CareCase { ${list} } ... on Visit { id } } }`
    const person = people[0] ?? ''
    const ids = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...types.map((type) => globalId(type, '-'.repeat(36)))))
    const cursors = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.constant('-'.repeat(36)))
    await fc.assert(
      fc.asyncProperty(ids, cursors, async (id, after) => {
        const r = [...types.map((__typename) => ({ __typename, id })), { __typename: 'Patient', id: globalId('Patient', person) }]
        for (const viewer of [patient(person), nurse(units[0] ?? '')]) {
          const { errors } = await service.ask(viewer, query, { id, after, r })
          const refusals = ['BAD_USER_INPUT', 'FORBIDDEN']
          expect((errors ?? []).map(({ extensions }) => extensions.code).filter((code) => !refusals.includes(code))).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('refuse a cursor of another list', async () => {
    const query =
      'query ($id: ID!, $after: String) { _entities(representations: [{ __typename: "Patient", id: $id }]) { ... on Patient { visits(first: 1, after: $after) { edges { cursor } } } } }'
    const ask = (person: string, after?: string) =>
      service.ask(patient(person), query, { id: globalId('Patient', person), after })
    const cursor = (await ask(people[0] ?? '')).data._entities[0].visits.edges[0].cursor
    expect((await ask(people[0] ?? '', cursor)).errors).toBeUndefined()
    expect((await ask(people[1] ?? '', cursor)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it.each([
    [{ first: 0 }],
    [{ first: 101 }],
    [{ first: 1, after: 'nonsense' }],
    [{ first: 1, after: Buffer.from(`1 ${'-'.repeat(36)}`).toString('base64url') }],
    [{ first: 1, after: Buffer.from("1 ' OR 1=1").toString('base64url') }],
  ])('refuse the arguments %o', async (args) => {
    const query =
      'query ($id: ID!, $first: Int!, $after: String) { _entities(representations: [{ __typename: "Patient", id: $id }]) { ... on Patient { visits(first: $first, after: $after) { edges { cursor } } } } }'
    const { errors } = await service.ask(patient(people[0] ?? ''), query, { id: globalId('Patient', people[0] ?? ''), ...args })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})
