import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

const everyField = `
  id givenName familyName displayName personalIdentityNumber identifier { value type use start end } birthDate age region protectedIdentity phone
  address { street postalCode city } listedAt { hsaId } guardians { displayName }`
const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Patient { ${everyField} } } }`

let patients: Booted
beforeAll(async () => {
  patients = await bootPatients()
})
afterAll(() => patients.stop())
beforeEach(() => patients.setNoon())
afterEach(() => {
  patients.relations.length = 0
})

const relate = (key: PersonKey, unitId = healthCentre1): void => void patients.relations.push({ patientId: people[key], unitId })

/** Every way from an id to a patient, for one viewer; the answers as text, to be searched. */
async function everyWayTo(key: PersonKey, viewer: Viewer) {
  const id = patientId(key)
  const [patient, node, eligibility, entity] = await Promise.all([
    patients.ask(viewer, `query ($id: ID!) { found: patient(id: $id) { ${everyField} } }`, { id }),
    patients.ask(viewer, `query ($id: ID!) { found: node(id: $id) { __typename id ... on Patient { ${everyField} } } }`, { id }),
    patients.ask(viewer, 'query ($id: ID!) { found: serviceEligibility(patientId: $id) { service eligible } }', { id }),
    patients.ask(viewer, entities, { r: [{ __typename: 'Patient', id }] }),
  ])
  return { patient, node, eligibility, entity }
}

const nothing = {
  patient: { data: { found: null } },
  node: { data: { found: null } },
  eligibility: { data: { found: null } },
  entity: { data: { _entities: [null] } },
}

/** The access log's entries about a person, without when. */
async function accessLog(key: PersonKey) {
  const { rows } = await patients.pool.query(
    'SELECT actor_kind, actor_id, unit_id, what, refused FROM audit.audit_event WHERE patient_id = $1 ORDER BY id',
    [people[key]],
  )
  return rows
}

describe('a patient', () => {
  it('sees herself', async () => {
    const { data } = await patients.ask(as('astrid'), `{ me { kind mayActFor { id } patient { ${everyField} } } }`)
    expect(data).toEqual({
      me: {
        kind: 'PATIENT',
        mayActFor: [],
        patient: {
          id: patientId('astrid'),
          givenName: 'Astrid',
          familyName: 'Ask',
          displayName: 'Astrid Ask',
          personalIdentityNumber: expect.stringMatching(/^19920314980\d$/),
          identifier: [
            {
              value: expect.stringMatching(/^19920314980\d$/),
              type: 'PERSONAL_IDENTITY_NUMBER',
              use: 'OFFICIAL',
              start: '2026-11-22T12:00:00+01:00',
              end: null,
            },
          ],
          birthDate: '1992-03-14',
          age: 34,
          region: 'vastmanland',
          protectedIdentity: false,
          phone: '+46701740605',
          address: { street: 'Påhittade vägen 1', postalCode: '000 00', city: 'Västerås' },
          listedAt: { hsaId: healthCentre1 },
          guardians: [],
        },
      },
    })
    expect(await accessLog('astrid')).toEqual([])
  })

  it('[A7] finds of a stranger exactly what she finds of a person who does not exist', async () => {
    expect(await everyWayTo('vera', as('astrid'))).toEqual(nothing)
    const nobody = globalId('Patient', '00000000-0000-7000-8000-999999999999')
    for (const id of [nobody, globalId('Patient', 'x'), globalId('Patient', people.vera.toUpperCase()), 'x', '']) {
      expect(
        await patients.ask(as('astrid'), 'query ($id: ID!) { patient(id: $id) { id } node(id: $id) { id } }', { id }),
      ).toEqual({
        data: { patient: null, node: null },
      })
    }
  })

  it('[A3] who tries to see somebody else is in that person’s access log', async () => {
    await everyWayTo('pia', as('vera'))
    const log = await accessLog('pia')
    expect(log.length).toBeGreaterThan(0)
    for (const entry of log)
      expect(entry).toEqual({ actor_kind: 'PATIENT', actor_id: people.vera, unit_id: null, what: 'Patient', refused: true })
  })
})

describe('a guardian', () => {
  it('[R20] sees and may act for her children up to and including 12, each guardian the child', async () => {
    const query = '{ me { mayActFor { displayName age guardians { displayName } } } }'
    expect((await patients.ask(as('gunilla'), query)).data).toEqual({
      me: {
        mayActFor: [
          { displayName: 'Tuva Gran', age: 12, guardians: [{ displayName: 'Gunilla Gran' }, { displayName: 'Göran Gran' }] },
          { displayName: 'Lo Gran', age: 4, guardians: [{ displayName: 'Gunilla Gran' }] },
        ],
      },
    })
    expect((await patients.ask(as('goran'), '{ me { mayActFor { displayName } } }')).data).toEqual({
      me: { mayActFor: [{ displayName: 'Tuva Gran' }] },
    })
    expect((await everyWayTo('tuva', as('goran'))).entity.data).toMatchObject({ _entities: [{ givenName: 'Tuva' }] })
    expect(await everyWayTo('lo', as('goran'))).toEqual(nothing)
  })

  it.each([
    ['2026-11-26T23:59:59.999+01:00', true],
    ['2026-11-27T00:00:00+01:00', false],
  ])('[R23] [A6] at %s sees the child who turns 13 on the 27th: %s', async (at, sees) => {
    patients.setClock(at)
    const answers = {
      ...(await everyWayTo('tuva', as('gunilla'))),
      me: await patients.ask(as('gunilla'), '{ me { mayActFor { givenName } } }'),
    }
    for (const [way, answer] of Object.entries(answers)) {
      if (way !== 'eligibility') expect(JSON.stringify(answer).includes('Tuva'), way).toBe(sees)
    }
    expect((await patients.ask(as('tuva'), '{ me { patient { guardians { displayName } } } }')).data).toMatchObject({
      me: { patient: { guardians: sees ? [{}, {}] : [] } },
    })
  })

  it('[R23] finds nothing of a young person of 13, however she asks', async () => {
    expect(await everyWayTo('signe', as('gunilla'))).toEqual(nothing)
    expect(
      JSON.stringify(await patients.ask(as('gunilla'), `{ me { patient { ${everyField} } mayActFor { ${everyField} } } }`)),
    ).not.toContain('Signe')
  })

  it('[R20] blocked by a unit, or with custody that has ended, finds nothing; the other guardian still does', async () => {
    const pair = { guardianId: people.goran, childId: people.tuva }
    const custodyEnds = (validUntil: string | null) =>
      patients.pool.query('UPDATE patients.guardianship SET valid_until = $3 WHERE guardian_id = $1 AND child_id = $2', [
        people.goran,
        people.tuva,
        validUntil,
      ])
    const own = { id: crypto.randomUUID(), unitId: healthCentre1 }
    await patients.decide({
      blocks: [{ ...own, ...pair, reason: 'for the safety of the child', validFrom: '2026-11-22T11:59:59+01:00' }],
    })
    expect(await everyWayTo('tuva', as('goran'))).toEqual(nothing)
    expect((await patients.ask(as('goran'), '{ me { mayActFor { id } } }')).data).toEqual({ me: { mayActFor: [] } })
    expect(
      (await patients.ask(as('gunilla'), '{ me { mayActFor { givenName guardians { displayName } } } }')).data,
    ).toMatchObject({
      me: { mayActFor: [{ givenName: 'Tuva', guardians: [{ displayName: 'Gunilla Gran' }] }, {}] },
    })
    await patients.decide({ lifts: [{ ...own, validUntil: '2026-11-22T12:00:00+01:00' }] })
    await custodyEnds('2026-11-21')
    expect(await everyWayTo('tuva', as('goran'))).toEqual(nothing)
    await custodyEnds('2026-11-22')
    expect((await everyWayTo('tuva', as('goran'))).patient.data).toMatchObject({ found: { givenName: 'Tuva' } })
    await custodyEnds(null)
  })

  it('[A3] is in the child’s access log when she looks', async () => {
    const before = (await accessLog('lo')).length
    await patients.ask(as('gunilla'), 'query ($id: ID!) { patient(id: $id) { givenName age phone } }', { id: patientId('lo') })
    const entries = (await accessLog('lo')).slice(before)
    expect(entries).toEqual([{ actor_kind: 'PATIENT', actor_id: people.gunilla, unit_id: null, what: 'Patient', refused: false }])
  })
})

describe('staff', () => {
  it('[A1] without a care relation at their unit find nothing, and [A3] the attempt is logged', async () => {
    relate('astrid', 'SE2321000172-H002')
    const before = (await accessLog('astrid')).length
    expect(await everyWayTo('astrid', nurse)).toEqual(nothing)
    const entries = (await accessLog('astrid')).slice(before)
    expect(entries).toContainEqual({
      actor_kind: 'STAFF',
      actor_id: 'SE2321000172-1001',
      unit_id: healthCentre1,
      what: 'Patient',
      refused: true,
    })
    expect(entries.every((entry) => entry.refused)).toBe(true)
  })

  it('[A1] with one see the patient, and [A3] each look is logged once a request', async () => {
    relate('vera')
    const before = (await accessLog('vera')).length
    const answer = await patients.ask(
      nurse,
      `query ($id: ID!) { a: patient(id: $id) { ${everyField} } b: patient(id: $id) { age } }`,
      { id: patientId('vera') },
    )
    expect(answer.data).toMatchObject({ a: { givenName: 'Vera', phone: '+46701740615' } })
    expect((await accessLog('vera')).slice(before)).toEqual([
      { actor_kind: 'STAFF', actor_id: 'SE2321000172-1001', unit_id: healthCentre1, what: 'Patient', refused: false },
    ])
  })

  it('[R23] see a young person of 13 as any other', async () => {
    relate('signe')
    expect((await everyWayTo('signe', nurse)).patient.data).toMatchObject({ found: { givenName: 'Signe', guardians: [] } })
  })

  it('know who they are and where they work', async () => {
    const query = '{ me { kind role staff { displayName role unit { hsaId } } unit { hsaId } patient { id } mayActFor { id } } }'
    expect((await patients.ask(nurse, query)).data).toEqual({
      me: {
        kind: 'STAFF',
        role: 'NURSE',
        staff: { displayName: 'Nora Nilsson', role: 'NURSE', unit: { hsaId: healthCentre1 } },
        unit: { hsaId: healthCentre1 },
        patient: null,
        mayActFor: [],
      },
    })
  })

  it('are known by name to whoever is logged in, and to nobody else', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Staff { displayName role unit { name } } } }'
    const r = [{ __typename: 'Staff', id: globalId('Staff', 'SE2321000172-1001') }]
    expect((await patients.ask(as('astrid'), query, { r })).data).toMatchObject({
      _entities: [{ displayName: 'Nora Nilsson', role: 'NURSE' }],
    })
    expect((await patients.ask(anonymous, query, { r })).data).toEqual({ _entities: [null] })
  })
})

describe('protected identity', () => {
  it('[A5] phone and address are in no answer: not to herself, not to concerned staff', async () => {
    relate('pia')
    const answers = [
      await everyWayTo('pia', as('pia')),
      await everyWayTo('pia', nurse),
      await patients.ask(as('pia'), `{ me { patient { ${everyField} } } }`),
    ]
    const text = JSON.stringify(answers)
    expect(text).toContain('"protectedIdentity":true,"phone":null,"address":null')
    expect(text).not.toContain('+46701740614')
    expect(text).not.toContain('Påhittade vägen 10')
  })
})

describe('an anonymous viewer', () => {
  it('is told that she is anonymous, and finds no patient', async () => {
    expect(
      (
        await patients.ask(
          anonymous,
          '{ me { kind role sessionExpiresAt patient { id } staff { id } unit { id } mayActFor { id } } }',
        )
      ).data,
    ).toEqual({
      me: { kind: 'ANONYMOUS', role: null, sessionExpiresAt: null, patient: null, staff: null, unit: null, mayActFor: [] },
    })
    const { patient, eligibility, node, entity } = await everyWayTo('astrid', anonymous)
    for (const answer of [patient, eligibility]) {
      expect(answer).toMatchObject({ data: { found: null }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    }
    expect({ node, entity }).toEqual({ node: nothing.node, entity: nothing.entity })
  })

  it.each([
    ['no viewer', {}],
    ['a viewer she signed herself', { 'vardgraf-viewer': 'eyJhbGciOiJub25lIn0.eyJ2aWV3ZXIiOnsia2luZCI6IlNUQUZGIn19.' }],
    ['a plain header', { 'vardgraf-viewer': '{"kind":"STAFF"}' }],
  ])('is refused with %s', async (_what, headers) => {
    const { status, body } = await patients.post('/graphql', headers as Record<string, string>, {
      query: '{ errorCodes { code } }',
    })
    expect(status).toBe(401)
    expect(body).not.toHaveProperty('data')
  })
})

describe('node', () => {
  it.each(['Visit', 'CareCase', 'ChatMessage', 'Questionnaire'])(
    'points at a %s by its owner’s key, existing or not',
    async (type) => {
      const id = globalId(type, '00000000-0000-7000-8000-000000000001')
      const query = `query ($id: ID!) { node(id: $id) { __typename ... on ${type} { nodeId } } }`
      expect((await patients.ask(as('astrid'), query, { id })).data).toEqual({ node: { __typename: type, nodeId: id } })
      expect((await patients.ask(anonymous, query, { id })).data).toEqual({ node: null })
    },
  )

  it('finds care units and staff', async () => {
    const query =
      'query ($unit: ID!, $staff: ID!) { unit: node(id: $unit) { ... on CareUnit { hsaId } } staff: node(id: $staff) { ... on Staff { displayName } } }'
    const ids = { unit: globalId('CareUnit', healthCentre1), staff: globalId('Staff', 'SE2321000172-1001') }
    expect((await patients.ask(as('astrid'), query, ids)).data).toEqual({
      unit: { hsaId: healthCentre1 },
      staff: { displayName: 'Nora Nilsson' },
    })
    expect((await patients.ask(anonymous, query, ids)).data).toEqual({ unit: { hsaId: healthCentre1 }, staff: null })
  })
})
