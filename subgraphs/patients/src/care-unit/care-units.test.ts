import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anonymous,
  as,
  type Booted,
  bootPatients,
  healthCentre1,
  nurse,
  type PersonKey,
  patientId,
  people,
} from '../testing/boot.js'

interface Page {
  edges: { cursor: string; node: { name: string; hsaId: string; kind: string; region: string } }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

const query = `query ($first: Int!, $after: String, $kind: CareUnitKind, $region: String) {
  careUnits(first: $first, after: $after, kind: $kind, region: $region) {
    edges { cursor node { hsaId name kind region } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`

let patients: Booted
beforeAll(async () => {
  patients = await bootPatients()
})
afterAll(() => patients.stop())
beforeEach(() => patients.setNoon())

const page = async (variables: object): Promise<Page> => (await patients.ask(anonymous, query, variables)).data?.careUnits as Page
const names = ({ edges }: Page): string[] => edges.map(({ node }) => node.name)

describe('care units', () => {
  it('[R26] all 28 health centres of Västmanland take part, for everybody to see', async () => {
    const found = await page({ first: 100, kind: 'HEALTH_CENTRE', region: 'vastmanland' })
    expect(found.edges).toHaveLength(28)
    for (const { node } of found.edges) expect(node).toMatchObject({ kind: 'HEALTH_CENTRE', region: 'vastmanland' })
    expect(found.pageInfo.hasNextPage).toBe(false)
  })

  it('come in Swedish order: Å, Ä and Ö last', async () => {
    const found = names(await page({ first: 100 }))
    expect(found).toEqual(found.toSorted(new Intl.Collator('sv').compare))
    const centres = found.map((name) => /^Vårdcentralen (\p{L}+)/u.exec(name)?.[1]).filter((name) => name !== undefined)
    expect(centres.slice(-3)).toEqual(['Åsikten', 'Ängshagen', 'Örtagården'])
  })

  it('come in pages that neither repeat nor skip, also when a unit is renamed or added between two', async () => {
    const all = names(await page({ first: 100 }))
    const first = await page({ first: 10 })
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false, endCursor: first.edges.at(-1)?.cursor })
    const last = first.edges.at(-1)?.node
    const rename = (name: string) =>
      patients.pool.query('UPDATE patients.care_unit SET name = $1 WHERE hsa_id = $2', [name, last?.hsaId])
    await rename('Aaa')
    const rest: string[] = []
    let after = first.pageInfo.endCursor
    while (after !== null) {
      const next = await page({ first: 7, after })
      rest.push(...names(next))
      after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null
    }
    await rename(last?.name ?? '')
    expect([...names(first), ...rest]).toEqual(all)
  })

  it.each([
    { first: 0 },
    { first: 101 },
    { first: -1 },
    { first: 5, after: 'x' },
    { first: 5, after: Buffer.from('["one"]').toString('base64url') },
    { first: 5, after: Buffer.from('{}').toString('base64url') },
    { first: 5, kind: 'HOSPITAL' },
  ])('are not read with %j', async (variables) => {
    const { errors } = await patients.ask(anonymous, query, variables)
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('of an unknown region are none', async () => {
    expect((await page({ first: 5, region: "skane' OR true --" })).edges).toEqual([])
  })
})

describe('a contact card', () => {
  it('[R25] is for everybody, with opening hours of seven days', async () => {
    const { data } = await patients.ask(
      anonymous,
      `{ careUnit(hsaId: "${healthCentre1}") { name selfBooking contactCard { phone url address { street postalCode city } }
           openingHours { date openings { opensAt closesAt } } } }`,
    )
    const closed = { openings: [] }
    const open = (date: string) => ({
      date,
      openings: [{ opensAt: `${date}T08:00:00+01:00`, closesAt: `${date}T16:00:00+01:00` }],
    })
    expect(data).toEqual({
      careUnit: {
        name: 'Vårdcentralen Lingonbacken (påhittad)',
        selfBooking: true,
        contactCard: {
          phone: '+46701740640',
          url: 'https://vard.example/vardcentralen-lingonbacken',
          address: { street: 'Påhittade gatan 1', postalCode: '000 00', city: 'Västerås' },
        },
        openingHours: [
          { date: '2026-11-22', ...closed },
          ...['23', '24', '25', '26', '27'].map((day) => open(`2026-11-${day}`)),
          { date: '2026-11-28', ...closed },
        ],
      },
    })
  })

  it.each([
    ['2026-11-23T07:59:59+01:00', false, null, '2026-11-23T08:00:00+01:00'],
    ['2026-11-23T08:00:00+01:00', true, '2026-11-23T16:00:00+01:00', null],
    ['2026-11-23T15:59:59+01:00', true, '2026-11-23T16:00:00+01:00', null],
    ['2026-11-23T16:00:00+01:00', false, null, '2026-11-24T08:00:00+01:00'],
    ['2026-12-25T10:00:00+01:00', false, null, '2026-12-28T08:00:00+01:00'],
  ])('[R27] tells of a health centre at %s: open %s, until %s, opens %s', async (at, isOpen, closesAt, nextOpening) => {
    patients.setClock(at)
    const { data } = await patients.ask(anonymous, `{ careUnit(hsaId: "${healthCentre1}") { isOpen closesAt nextOpening } }`)
    expect(data).toEqual({ careUnit: { isOpen, closesAt, nextOpening } })
  })

  it('of a unit that does not exist is null', async () => {
    expect((await patients.ask(anonymous, '{ careUnit(hsaId: "SE2321000172-H999") { name } }')).data).toEqual({ careUnit: null })
  })
})

describe('services with an age limit', () => {
  it.each([
    ['tuva', '2026-11-26T23:59:59+01:00', false],
    ['tuva', '2026-11-27T00:00:00+01:00', true],
  ] as const)('[R24] [R39] the youth clinic for %s at %s: %s', async (key, at, eligible) => {
    patients.setClock(at)
    const query = 'query ($id: ID!) { serviceEligibility(patientId: $id) { service eligible rule from } }'
    const { data } = await patients.ask(as(key), query, { id: patientId(key) })
    expect(data?.serviceEligibility).toContainEqual({
      service: 'YOUTH_CLINIC',
      eligible,
      rule: 'R39',
      from: '2026-11-27T00:00:00+01:00',
    })
  })

  it('[R40] child health care is asked by the guardian, about a child before preschool class', async () => {
    const query = 'query ($id: ID!) { serviceEligibility(patientId: $id) { service eligible askedBy } }'
    const { data } = await patients.ask(as('gunilla'), query, { id: patientId('lo') })
    expect(data).toEqual({
      serviceEligibility: [
        { service: 'YOUTH_CLINIC', eligible: false, askedBy: 'SELF' },
        { service: 'CHILD_HEALTH', eligible: true, askedBy: 'GUARDIAN' },
      ],
    })
  })
})

describe('error codes', () => {
  it('are published in both languages, with the rule behind each', async () => {
    const { data } = await patients.ask(anonymous, '{ errorCodes { code rule httpStatus message { sv en } unlock { sv en } } }')
    expect(data?.errorCodes).toContainEqual({
      code: 'UNAUTHENTICATED',
      rule: 'R28',
      httpStatus: 401,
      message: { sv: expect.any(String), en: expect.any(String) },
      unlock: { sv: expect.any(String), en: expect.any(String) },
    })
  })
})

describe('SQL statements', () => {
  it('do not grow with the number of units, patients or ways to a patient', async () => {
    const count = async (viewer: Parameters<Booted['ask']>[0], text: string): Promise<number> => {
      const before = patients.statements()
      const { errors } = await patients.ask(viewer, text)
      expect(errors).toBeUndefined()
      return patients.statements() - before
    }
    const units = (first: number) =>
      `{ careUnits(first: ${first}) { edges { node { name contactCard { address { city } } openingHours { date } } } } }`
    expect([await count(anonymous, units(1)), await count(anonymous, units(37))]).toEqual([1, 1])
    const children = '{ me { mayActFor { displayName phone address { city } listedAt { name } guardians { displayName } } } }'
    expect(await count(as('gunilla'), children)).toBe(await count(as('goran'), children))
    const keys = ['astrid', 'vera', 'tuva', 'signe'] as const
    patients.relations.push(...keys.map((key) => ({ patientId: people[key], unitId: healthCentre1 })))
    const fields = '{ ... on Patient { displayName phone listedAt { name } guardians { displayName } } }'
    const entities = (some: readonly PersonKey[]) =>
      `{ _entities(representations: [${some.map((key) => `{ __typename: "Patient", id: "${patientId(key)}" }`)}]) ${fields} }`
    expect(await count(nurse, entities(keys))).toBe(await count(nurse, entities(['tuva'])))
  })
})
