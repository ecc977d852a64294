import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPolicyDir } from '@vardgraf/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { as, type Booted, bootPatients, nurse, patientId, people } from '../testing/boot.js'

/** A folder with the packs that ship, where Västmanland gives care of her own from the 12th birthday. */
function packsWithTwelve(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-packs-'))
  cpSync(defaultPolicyDir, folder, { recursive: true })
  const file = join(folder, 'vastmanland.json')
  const pack = JSON.parse(readFileSync(file, 'utf8'))
  for (const version of pack.versions) if (version.access) version.access.ownCareFromAge.value = 12
  writeFileSync(file, JSON.stringify(pack))
  return folder
}

let folder: string
let patients: Booted
beforeAll(async () => {
  folder = packsWithTwelve()
  patients = await bootPatients({ POLICY_DIR: folder })
})
afterAll(async () => {
  await patients.stop()
  rmSync(folder, { recursive: true })
})

/** Lo is Gunilla's, and nobody else's: born when, registered and listed where. */
const loIs = (birthDate: string, region: string | null, listedUnitId: string | null) =>
  patients.pool.query('UPDATE patients.person SET birth_date = $2, region = $3, listed_unit_id = $4 WHERE id = $1', [
    people.lo,
    birthDate,
    region,
    listedUnitId,
  ])

/** What the four readers of guardianship say of Gunilla and Lo: two facts, and two fields of the graph. */
async function saidAt(instant: string): Promise<boolean[]> {
  patients.setClock(instant)
  const pair = { guardianId: people.gunilla, childId: people.lo }
  const [{ body }, viewer, found, child] = await Promise.all([
    patients.call('messaging', 'facts', { guardianship: [pair], guardians: [people.lo] }),
    patients.ask(as('gunilla'), '{ me { mayActFor { id } } }'),
    patients.ask(as('gunilla'), 'query ($id: ID!) { patient(id: $id) { id } }', { id: patientId('lo') }),
    patients.ask(as('lo'), '{ me { patient { guardians { displayName } } } }'),
  ])
  return [
    (body.guardianship as boolean[])[0] === true,
    (body.guardians as string[][])[0]?.includes(people.gunilla) === true,
    JSON.stringify(viewer.data).includes(patientId('lo')),
    found.data?.patient !== null,
    JSON.stringify(child.data).includes('Gunilla'),
  ]
}
const all = (yes: boolean) => Array(5).fill(yes)

const [inVastmanland, inVastraGotaland] = ['SE2321000172-H001', 'SE2321000131-H001']

describe('the age from which a young person has care of her own', () => {
  it.each([
    ['vastmanland', inVastraGotaland, '2014-11-25', '2026-11-24T23:59:59.999+01:00', true],
    ['vastmanland', inVastraGotaland, '2014-11-25', '2026-11-25T00:00:00+01:00', false],
    [null, inVastmanland, '2014-11-25', '2026-11-25T00:00:00+01:00', false],
    ['vastra-gotaland', inVastmanland, '2014-11-25', '2026-11-25T00:00:00+01:00', true],
    [null, inVastraGotaland, '2014-11-25', '2026-11-25T00:00:00+01:00', true],
    ['vastra-gotaland', null, '2013-11-25', '2026-11-25T00:00:00+01:00', false],
    [null, null, '2014-11-25', '2026-11-24T23:59:59.999+01:00', true],
    [null, null, '2014-11-25', '2026-11-25T00:00:00+01:00', false],
    ['a-region-without-a-pack', inVastraGotaland, '2014-11-25', '2026-11-25T00:00:00+01:00', false],
    ['vastmanland', null, '2016-02-29', '2028-02-28T23:59:59.999+01:00', true],
    ['vastmanland', null, '2016-02-29', '2028-02-29T00:00:00+01:00', false],
    ['vastra-gotaland', null, '2016-02-29', '2029-02-27T23:59:59.999+01:00', true],
    ['vastra-gotaland', null, '2016-02-29', '2029-02-28T00:00:00+01:00', false],
  ])(
    '[R20] [R23] [A6] is 12 in Västmanland and 13 in Västra Götaland: registered in %s, listed at %s, born %s, at %s a guardian acts: %s',
    async (region, unit, born, instant, acts) => {
      await loIs(born, region, unit)
      expect(await saidAt(instant)).toEqual(all(acts))
    },
  )

  it('is read with the custody: one statement for custodies, one for blocks, however many children', async () => {
    patients.setNoon()
    const asked = async (...childIds: string[]) => {
      const before = patients.statements()
      await patients.call('messaging', 'facts', { guardians: childIds })
      return patients.statements() - before
    }
    expect([await asked(people.lo), await asked(people.lo, people.tuva, people.signe)]).toEqual([2, 2])
  })

  it('[A1] changes nothing for staff with a care relation: they see the child before and after', async () => {
    patients.relations.push({ patientId: people.lo, unitId: inVastmanland })
    await loIs('2014-11-25', 'vastmanland', inVastmanland)
    for (const instant of ['2026-11-24T23:59:59.999+01:00', '2026-11-25T00:00:00+01:00']) {
      patients.setClock(instant)
      const { data } = await patients.ask(nurse, 'query ($id: ID!) { patient(id: $id) { id } }', { id: patientId('lo') })
      expect(data).toEqual({ patient: { id: patientId('lo') } })
    }
  })
})
