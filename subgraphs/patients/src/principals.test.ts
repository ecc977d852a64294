import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDigit } from './rules/personal-identity-number.js'
import { type Booted, bootPatients, people } from './testing/boot.js'

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
    "SELECT id, given_name, family_name, to_char(birth_date, 'YYYY-MM-DD') AS born, region FROM patients.person WHERE personal_identity_number = $1",
    [digits],
  )
  return rows
}

describe('a verified login', () => {
  it('[R28] finds the person who is in the register, and takes over a name that the e-ID tells anew', async () => {
    const { rows } = await patients.pool.query('SELECT personal_identity_number AS digits FROM patients.person WHERE id = $1', [
      people.astrid,
    ])
    const { digits } = rows[0]
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
      { id: [...ids][0], given_name: 'Rut', family_name: null, born: '1970-01-01', region: 'vastmanland' },
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
