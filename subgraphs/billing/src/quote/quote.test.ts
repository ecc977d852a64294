import type { CareCaseFact, FactProviders, PersonFact, UnitFact, VisitFact } from '@vardgraf/access'
import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Service, startService } from '../testing/service.js'

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [astrid, gunilla, tuva, signe, stranger] = [uuid(1), uuid(3), uuid(5), uuid(7), uuid(99)]
const [h1, h2] = ['SE2321000172-H001', 'SE2321000172-H002']

const person = (id: string, birthDate: string): PersonFact => ({
  id,
  birthDate,
  protectedIdentity: false,
  listedUnitId: h1,
  region: 'vastmanland',
})
const persons = [
  person(astrid, '1992-03-14'),
  person(tuva, '2015-06-01'),
  person(signe, '2013-06-01'),
  person(gunilla, '1985-01-01'),
]
const units: UnitFact[] = [
  { hsaId: h1, name: 'H1', kind: 'HEALTH_CENTRE', region: 'vastmanland', selfBooking: true },
  { hsaId: h2, name: 'H2', kind: 'HEALTH_CENTRE', region: 'vastra-gotaland', selfBooking: true },
]
const visit = (n: number, patientId: string, unitId = h1, status = 'BOOKED'): VisitFact => ({
  id: uuid(n),
  patientId,
  unitId,
  startsAt: '2026-12-01T10:00:00+01:00',
  status,
  channel: 'APP',
  profession: 'NURSE',
  visitTypeCode: 'FOLLOW_UP',
})
const visits = [
  visit(101, astrid),
  visit(102, astrid, h2),
  visit(103, astrid, h1, 'CANCELLED'),
  visit(105, tuva),
  visit(107, signe),
]
const cases: CareCaseFact[] = [
  { id: uuid(201), patientId: astrid, unitId: h1, startedAtUnitId: h1, status: 'ANSWERED', ongoing: true },
]

/** The other subgraphs' answers: nurses of H1 have a relation to Astrid and no one else. */
const asked: Record<string, number> = {}
const providers: FactProviders = Object.fromEntries(
  Object.entries({
    person: (id: string) => persons.find((p) => p.id === id) ?? null,
    unit: (id: string) => units.find((u) => u.hsaId === id) ?? null,
    visit: (id: string) => visits.find((v) => v.id === id) ?? null,
    careCase: (id: string) => cases.find((c) => c.id === id) ?? null,
    guardianship: ({ guardianId, childId }: { guardianId: string; childId: string }) =>
      guardianId === gunilla && childId === tuva,
    caseRelation: ({ patientId, unitId }: { patientId: string; unitId: string }) => patientId === astrid && unitId === h1,
    visitRelation: () => false,
  }).map(([name, answer]) => [
    name,
    async (keys: never[]) => {
      asked[name] = (asked[name] ?? 0) + 1
      return keys.map(answer as (key: never) => unknown)
    },
  ]),
)

const patient = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt: 4_000_000_000 })
const nurse = (unitId: string): Viewer => ({
  kind: 'STAFF',
  staffId: 'SE2321000172-1001',
  unitId,
  role: 'NURSE',
  sessionExpiresAt: 4_000_000_000,
})

describe('billing', () => {
  let service: Service

  beforeAll(async () => {
    service = await startService('2026-11-22T12:00:00+01:00')
  })
  beforeEach(() => {
    Object.assign(service.platform.own, providers)
    for (const name of Object.keys(asked)) delete asked[name]
  })
  afterAll(() => service.stop())

  const ask: Service['ask'] = (...question) => service.ask(...question)
  const quoteOf = (viewer: Viewer, n: number) =>
    ask(viewer, 'query($id: ID!) { feeQuote(visitId: $id) { amountOre } }', { id: globalId('Visit', uuid(n)) })
  const entities = (viewer: Viewer, type: 'Visit' | 'CareCase', ids: string[]) =>
    ask(
      viewer,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id feeQuote { amountOre reason } } } }`,
      {
        r: ids.map((id) => ({ __typename: type, id })),
      },
    )

  it('[R16] tells the patient what a visit costs, where the figure comes from, and in her language why', async () => {
    const query = `query($id: ID!) { feeQuote(visitId: $id) {
      amountOre missedAmountOre currency reason explanation profession region feeTable validFrom validTo source } }`
    const { data } = await ask(patient(astrid), query, { id: globalId('Visit', uuid(101)) }, 'en')
    expect(data?.feeQuote).toEqual({
      amountOre: 20_000,
      missedAmountOre: 30_000,
      currency: 'SEK',
      reason: 'ORDINARY',
      explanation: 'The ordinary patient fee.',
      profession: 'NURSE',
      region: 'vastmanland',
      feeTable: 'ordinary',
      validFrom: '2024-04-24',
      validTo: null,
      source: expect.stringMatching(/^Law or public guidance: /),
    })
  })

  it('[R16] goes by the region of the unit that gives the visit, not where the patient lives', async () => {
    expect((await quoteOf(patient(astrid), 102)).data).toEqual({ feeQuote: { amountOre: 5_000 } })
  })

  it('quotes nothing for a visit that was cancelled', async () => {
    expect(await quoteOf(patient(astrid), 103)).toEqual({ data: { feeQuote: null } })
  })

  it.each([
    ['[R20] the guardian of a child of 11', patient(gunilla), 105, 0],
    ['[A1] a nurse of the unit with a care relation', nurse(h1), 101, 20_000],
  ])('%s sees the quote', async (_, viewer, n, amountOre) => {
    expect(await quoteOf(viewer, n)).toEqual({ data: { feeQuote: { amountOre } } })
  })

  it.each([
    ['[A7] a stranger', patient(stranger), 101],
    ['[R23] the guardian of a 13-year-old', patient(gunilla), 107],
    ['[A1] a nurse of another unit', nurse(h2), 101],
    ['[A1] a nurse of the unit without a care relation', nurse(h1), 107],
  ])('%s gets what a visit that does not exist gives, by the query and by _entities', async (_, viewer, n) => {
    const id = globalId('Visit', uuid(n))
    const missing = globalId('Visit', uuid(999))
    expect(await quoteOf(viewer, n)).toEqual(await quoteOf(viewer, 999))
    expect(await entities(viewer, 'Visit', [id])).toEqual(await entities(viewer, 'Visit', [missing]))
    expect((await entities(viewer, 'Visit', [id])).data).toEqual({ _entities: [null] })
  })

  it.each([
    ['a stranger', patient(stranger), 101],
    ['the guardian of a 13-year-old', patient(gunilla), 107],
    ['a nurse of another unit', nurse(h2), 101],
    ['a nurse of the unit without a care relation', nurse(h1), 107],
  ])('[A7] takes as many questions to refuse %s as to find nothing', async (_, viewer, n) => {
    const cost = async (visit: number) => {
      for (const name of Object.keys(asked)) delete asked[name]
      const before = await logged()
      await quoteOf(viewer, visit)
      return { asked: { ...asked }, logged: (await logged()).length - before.length }
    }
    expect(await cost(999)).toEqual(await cost(n))
  })

  it('asks whoever is not logged in to log in', async () => {
    const { data, errors } = await quoteOf({ kind: 'ANONYMOUS' }, 101)
    expect([data?.feeQuote, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED'])
    expect((await entities({ kind: 'ANONYMOUS' }, 'Visit', [globalId('Visit', uuid(101))])).data).toEqual({ _entities: [null] })
  })

  it.each(['nonsense', globalId('CareCase', uuid(101)), globalId('Visit', 'x'), ''])(
    'finds no visit by the id %j',
    async (id) => {
      expect(await ask(patient(astrid), 'query($id: ID!) { feeQuote(visitId: $id) { amountOre } }', { id })).toEqual({
        data: { feeQuote: null },
      })
    },
  )

  it("[A3] stores staff's look before it is answered, the refused one too, and not the patient's own", async () => {
    const before = await logged()
    await quoteOf(nurse(h1), 101)
    await quoteOf(nurse(h2), 101)
    await quoteOf(patient(astrid), 101)
    expect((await logged()).slice(before.length)).toEqual([
      { unit_id: h1, what: 'Visit.feeQuote', resource_id: uuid(101), refused: false },
      { unit_id: h2, what: 'Visit.feeQuote', resource_id: uuid(101), refused: true },
    ])
  })
  const logged = async () =>
    (await service.owner.query('SELECT unit_id, what, resource_id, refused FROM audit.audit_event ORDER BY id')).rows

  it('[R37] a chat costs nothing, for whoever may see the case', async () => {
    const id = globalId('CareCase', uuid(201))
    const free = { _entities: [{ id, feeQuote: { amountOre: 0, reason: 'FREE_CHAT' } }] }
    expect((await entities(patient(astrid), 'CareCase', [id])).data).toEqual(free)
    expect((await entities(nurse(h1), 'CareCase', [id])).data).toEqual(free)
    for (const viewer of [patient(stranger), nurse(h2)])
      expect((await entities(viewer, 'CareCase', [id])).data).toEqual({ _entities: [null] })
  })

  it('asks each owner once, however many visits are quoted', async () => {
    const ids = [101, 102, 101, 102].map((n) => globalId('Visit', uuid(n)))
    await entities(patient(astrid), 'Visit', ids)
    expect(asked).toEqual({ visit: 1, person: 1, unit: 1 })
  })

  it('fails closed when a fact cannot be had', async () => {
    delete service.platform.own.visit
    const { data, errors } = await quoteOf(patient(astrid), 101)
    expect([data, errors?.[0]?.extensions.code]).toEqual([{ feeQuote: null }, 'FACTS_UNAVAILABLE'])
  })
})
