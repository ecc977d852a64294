import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SeedData, seed } from '../seed.js'
import { type Booted, bootPatients, healthCentre1, people } from '../testing/boot.js'

const nothing: SeedData = { units: [], persons: [], guardianships: [], staff: [] }
const astrid = {
  id: people.astrid,
  personalIdentityNumber: '199203149803',
  givenName: 'Astrid',
  familyName: 'Al',
  birthDate: '1992-03-14',
  protectedIdentity: false,
  phone: null,
  street: null,
  postalCode: null,
  city: null,
  region: 'vastmanland',
  listedUnitId: healthCentre1,
}
const at = new Date('2026-11-22T12:00:00+01:00')

let patients: Booted
beforeAll(async () => {
  patients = await bootPatients()
})
afterAll(() => patients.stop())

const familyName = async () =>
  (await patients.pool.query('SELECT family_name FROM patients.person WHERE id = $1', [people.astrid])).rows[0].family_name

describe('loading the register', () => {
  it('is all or nothing', async () => {
    const persons = [
      astrid,
      {
        ...astrid,
        id: people.vera,
        personalIdentityNumber: '199707079909',
        birthDate: '1997-07-07',
        listedUnitId: 'SE2321000172-H999',
      },
    ]
    await expect(seed(patients.databaseUrl, { ...nothing, persons }, at)).rejects.toThrow()
    expect(await familyName()).toBe('Ask')
  })

  it('brings what is there by id up to date, and leaves the rest', async () => {
    await seed(patients.databaseUrl, { ...nothing, persons: [astrid] }, at)
    expect(await familyName()).toBe('Al')
    const { rows } = await patients.pool.query('SELECT count(*)::int AS units FROM patients.care_unit')
    expect(rows).toEqual([{ units: 37 }])
  })

  it.each([
    [{ personalIdentityNumber: '199203149804' }, 'personalIdentityNumber'],
    [{ birthDate: '1992-03-15' }, 'personalIdentityNumber'],
    [{ listedUnitId: 'H001' }, 'listedUnitId'],
  ])('names what is wrong: %j', async (change, name) => {
    await expect(seed(patients.databaseUrl, { ...nothing, persons: [{ ...astrid, ...change }] }, at)).rejects.toThrow(name)
  })

  it('[R20] says nothing of blocks: an import that does is refused', async () => {
    const block = { at: '2026-11-20T10:00:00+01:00', by: healthCentre1, reason: 'for the safety of the child' }
    const guardianship = { guardianId: people.gunilla, childId: people.lo, validFrom: '2022-05-05', validUntil: null, block }
    await expect(seed(patients.databaseUrl, { ...nothing, guardianships: [guardianship] }, at)).rejects.toThrow('block')
  })
})
