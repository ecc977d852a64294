import { globalId } from '@vardgraf/relay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDigit } from '../identity-number/rules.js'
import { seed } from '../seed.js'
import { type Booted, bootPatients, people } from '../testing/boot.js'

const LOA3 = 'http://id.elegnamnden.se/loa/1.0/loa3'
const number = (first11: string): string => `${first11}${checkDigit(first11.slice(2))}`

let patients: Booted
beforeAll(async () => {
  patients = await bootPatients()
})
afterAll(() => patients.stop())

const principal = (body: object, service = 'gateway') => patients.call(service, 'principals', body)
const stored = async (digits: string) => {
  const { rows } = await patients.pool.query(
    `SELECT id, given_name, family_name, to_char(birth_date, 'YYYY-MM-DD') AS born, region
     FROM patients.person JOIN patients.identity_number ON person_id = id WHERE number = $1`,
    [digits],
  )
  return rows
}

describe('a verified login', () => {
  it('[R28] finds the person who is in the register, and takes over a name that the e-ID tells anew', async () => {
    const digits = number('19920314980')
    expect(await principal({ personalIdentityNumber: digits })).toEqual({ status: 200, body: { personId: people.astrid } })
    expect(await stored(digits)).toMatchObject([{ given_name: 'Astrid', family_name: 'Ask' }])
    expect((await principal({ personalIdentityNumber: digits, familyName: 'Ny-Ask' })).body).toEqual({ personId: people.astrid })
    expect(await stored(digits)).toMatchObject([{ given_name: 'Astrid', family_name: 'Ny-Ask' }])
  })

  it('[R28] registers a person once, also when her first logins come at the same time', async () => {
    const personalIdentityNumber = number('19700101995')
    const answers = await Promise.all(Array.from({ length: 20 }, () => principal({ personalIdentityNumber, givenName: 'Rut' })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const ids = new Set(answers.map(({ body }) => body.personId))
    expect(ids.size).toBe(1)
    expect(await stored(personalIdentityNumber)).toEqual([
      { id: [...ids][0], given_name: 'Rut', family_name: null, born: '1970-01-01', region: null },
    ])
  })

  it('[R28] with a co-ordination number needs the level of assurance of an e-ID', async () => {
    const personalIdentityNumber = number('19900261991')
    expect(await principal({ personalIdentityNumber })).toEqual({
      status: 400,
      body: { error: 'COORDINATION_NUMBER_WITHOUT_EID' },
    })
    expect(await stored(personalIdentityNumber)).toEqual([])
    expect((await principal({ personalIdentityNumber, levelOfAssurance: LOA3 })).status).toBe(200)
    expect(await stored(personalIdentityNumber)).toMatchObject([{ born: '1990-02-01' }])
  })

  it.each([
    [{}],
    [{ personalIdentityNumber: 'x' }],
    [{ personalIdentityNumber: '197001019950' }],
    [null],
    [{ personalIdentityNumber: number('19700101995'), givenName: '' }],
  ])('[R28] is none with %j', async (body) => {
    expect((await principal(body as object)).status).toBe(400)
  })

  it('is told by the gateway alone', async () => {
    const body = { personalIdentityNumber: number('19700101996') }
    expect((await principal(body, 'messaging')).status).toBe(403)
    expect((await patients.post('/internal/principals', {}, body)).status).toBe(401)
    expect(await stored(body.personalIdentityNumber)).toEqual([])
  })
})

describe('a person whose number changes', () => {
  const coordination = { personalIdentityNumber: '', levelOfAssurance: LOA3 }
  let serial = 980
  /** Both numbers of somebody new; the birth date moved by a day with the number. */
  const somebody = () => {
    serial += 1
    return { old: number(`19850764${serial}`), current: number(`19850705${serial}`) }
  }
  const byOld = (old: string, more = {}) => principal({ ...coordination, personalIdentityNumber: old, ...more })
  const byNew = (current: string, old?: string, more = {}) =>
    principal({ ...coordination, personalIdentityNumber: current, previousCoordinationNumber: old, ...more })
  const idOf = async (answer: ReturnType<typeof principal>) => {
    const { status, body } = await answer
    expect(status, JSON.stringify(body)).toBe(200)
    return body.personId as string
  }
  const importOf = (row: object) => {
    const person = {
      id: crypto.randomUUID(),
      givenName: 'Kim',
      familyName: 'Klippa',
      birthDate: '1985-07-05',
      protectedIdentity: false,
      phone: null,
      street: null,
      postalCode: null,
      city: null,
      region: null,
      listedUnitId: null,
      personalIdentityNumber: '',
      ...row,
    }
    return seed(patients.databaseUrl, { units: [], guardianships: [], staff: [], persons: [person] }, new Date())
  }
  const seen = async (personId: string) =>
    (
      await patients.ask(
        { kind: 'PATIENT', personId, sessionExpiresAt: 4_000_000_000 },
        '{ me { patient { personalIdentityNumber birthDate region identifier { value type use end } } } }',
      )
    ).data

  it('[R28] stays herself by either number, shows the current one and its birth date', async () => {
    const { old, current } = somebody()
    const id = await idOf(byOld(old, { givenName: 'Kim' }))
    expect(await seen(id)).toMatchObject({ me: { patient: { personalIdentityNumber: old, birthDate: '1985-07-04' } } })
    expect(await idOf(byNew(current, old))).toBe(id)
    expect(await idOf(byOld(old, { givenName: 'The name of before' }))).toBe(id)
    expect(await idOf(byNew(current))).toBe(id)
    expect(await stored(current)).toMatchObject([{ id, given_name: 'Kim', born: '1985-07-05' }])
    expect(await seen(id)).toEqual({
      me: {
        patient: {
          personalIdentityNumber: current,
          birthDate: '1985-07-05',
          region: null,
          identifier: [
            { value: current, type: 'PERSONAL_IDENTITY_NUMBER', use: 'OFFICIAL', end: null },
            { value: old, type: 'COORDINATION_NUMBER', use: 'OLD', end: expect.any(String) },
          ],
        },
      },
    })
  })

  it('[R28] is one person when her first logins by both numbers come at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const { old, current } = somebody()
      const logins = Array.from({ length: 12 }, (_, index) => idOf(index % 2 === round % 2 ? byOld(old) : byNew(current, old)))
      const ids = new Set(await Promise.all(logins))
      expect(ids.size).toBe(1)
      expect(await seen([...ids][0] ?? '')).toMatchObject({ me: { patient: { personalIdentityNumber: current } } })
    }
  })

  it('[R28] is told of by the register too, and an older register does not take the number back', async () => {
    const { old, current } = somebody()
    const id = await idOf(byOld(old))
    await importOf({ personalIdentityNumber: current, earlierNumbers: [old], region: 'vastra-gotaland' })
    expect(await idOf(byOld(old))).toBe(id)
    expect(await idOf(byNew(current))).toBe(id)
    await importOf({ personalIdentityNumber: old, birthDate: '1985-07-04', region: 'vastra-gotaland' })
    expect(await seen(id)).toMatchObject({
      me: { patient: { personalIdentityNumber: current, birthDate: '1985-07-05', region: 'vastra-gotaland' } },
    })
  })

  it('[R28] is one person when the register and her first logins come at the same time', async () => {
    for (let round = 0; round < 3; round++) {
      const { old, current } = somebody()
      const told = importOf({ personalIdentityNumber: current, earlierNumbers: [old] })
      const [, ...ids] = await Promise.all([told, idOf(byOld(old)), idOf(byNew(current, old)), idOf(byOld(old))])
      expect(new Set([...ids, await idOf(byNew(current))]).size).toBe(1)
    }
  })

  it('[R28] by an id that the register knows: the new number is added to her', async () => {
    const { old, current } = somebody()
    const id = crypto.randomUUID()
    await importOf({ id, personalIdentityNumber: old, birthDate: '1985-07-04' })
    await importOf({ id, personalIdentityNumber: current })
    expect([await idOf(byOld(old)), await idOf(byNew(current))]).toEqual([id, id])
  })

  it('[R28] registered twice before anybody told: a login stays with the current number’s person, an import is refused whole', async () => {
    const { old, current } = somebody()
    const [first, second] = [await idOf(byOld(old)), await idOf(byNew(current))]
    expect(first).not.toBe(second)
    expect(await idOf(byNew(current, old))).toBe(second)
    await expect(importOf({ personalIdentityNumber: current, earlierNumbers: [old] })).rejects.toThrow(/two persons/)
  })

  it.each([
    ['moved to another person', 'UPDATE patients.identity_number SET person_id = $2 WHERE number = $1'],
    ['deleted', 'DELETE FROM patients.identity_number WHERE number = $1 AND person_id <> $2'],
  ])('[R28] a number cannot be %s, also not by hand', async (_what, sql) => {
    const { old } = somebody()
    await idOf(byOld(old))
    await expect(patients.pool.query(sql, [old, people.astrid])).rejects.toThrow('for ever')
  })
})

describe('the region of a person', () => {
  const region = async (personId: string) =>
    (await patients.ask(
      { kind: 'PATIENT', personId, sessionExpiresAt: 4_000_000_000 },
      'query ($id: ID!) { me { patient { region } } serviceEligibility(patientId: $id) { service } }',
      { id: globalId('Patient', personId) },
    )) as { data: { me: { patient: { region: string | null } } }; errors?: { extensions: { code: string } }[] }

  it('[R28] is nobody’s default: unknown until the register tells, and what needs it says so', async () => {
    const personalIdentityNumber = number('19790303997')
    const { body } = await principal({ personalIdentityNumber })
    const personId = body.personId as string
    const unknown = await region(personId)
    expect(unknown.data).toEqual({ me: { patient: { region: null } }, serviceEligibility: null })
    expect(unknown.errors).toMatchObject([{ extensions: { code: 'REGION_UNKNOWN', rule: 'R28', unlock: expect.any(String) } }])
    await patients.pool.query("UPDATE patients.person SET listed_unit_id = 'SE2321000131-H001' WHERE id = $1", [personId])
    const listed = await region(personId)
    expect([listed.data.me.patient.region, listed.errors]).toEqual(['vastra-gotaland', undefined])
    await patients.pool.query("UPDATE patients.person SET region = 'vastmanland' WHERE id = $1", [personId])
    expect((await region(personId)).data.me.patient.region).toBe('vastmanland')
    await patients.pool.query("UPDATE patients.person SET region = 'a-region-without-a-pack' WHERE id = $1", [personId])
    expect((await region(personId)).errors).toMatchObject([{ extensions: { code: 'REGION_UNKNOWN' } }])
  })
})

describe('facts', () => {
  const facts = (body: object, service = 'messaging') => patients.call(service, 'facts', body)
  const nobody = '00000000-0000-7000-8000-999999999999'

  it('are answered in the order of the keys, absent ones as null, false or none', async () => {
    const { body } = await facts({
      person: [people.signe, nobody, people.astrid],
      unit: ['SE0000000000-X', 'SE2321000172-N001'],
      guardianship: [
        { guardianId: people.gunilla, childId: people.signe },
        { guardianId: people.gunilla, childId: people.lo },
        { guardianId: people.goran, childId: people.lo },
        { guardianId: nobody, childId: nobody },
      ],
      guardians: [people.tuva, people.signe, nobody],
    })
    expect(body).toEqual({
      person: [
        {
          id: people.signe,
          birthDate: '2013-04-20',
          protectedIdentity: false,
          listedUnitId: 'SE2321000172-H001',
          region: 'vastmanland',
        },
        null,
        {
          id: people.astrid,
          birthDate: '1992-03-14',
          protectedIdentity: false,
          listedUnitId: 'SE2321000172-H001',
          region: 'vastmanland',
        },
      ],
      unit: [
        null,
        {
          hsaId: 'SE2321000172-N001',
          name: '1177 direkt Västmanland (påhittad)',
          kind: 'NURSE_LINE_1177',
          region: 'vastmanland',
          selfBooking: false,
        },
      ],
      guardianship: [false, true, false, false],
      guardians: [[people.gunilla, people.goran], [], []],
    })
  })

  it('[R23] guardianship ends with the birthday at midnight', async () => {
    const ask = { guardianship: [{ guardianId: people.goran, childId: people.tuva }], guardians: [people.tuva] }
    patients.setClock('2026-11-27T00:00:00+01:00')
    expect((await facts(ask)).body).toEqual({ guardianship: [false], guardians: [[]] })
    patients.setNoon()
    expect((await facts(ask)).body).toEqual({ guardianship: [true], guardians: [[people.gunilla, people.goran]] })
  })

  it('[A5] phone numbers go to messaging alone, and never that of a protected identity', async () => {
    expect(await facts({ contact: [people.astrid, people.pia, nobody] }, 'messaging')).toEqual({
      status: 200,
      body: { contact: [{ phone: '+46701740605' }, { phone: null }, null] },
    })
    const refused = await facts({ contact: [people.astrid] }, 'visits')
    expect(refused.status).toBe(403)
    expect(JSON.stringify(refused.body)).not.toContain('+46')
  })
})
