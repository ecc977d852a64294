import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seed } from '../seed.js'
import { as, type Booted, bootPatients, healthCentre1, patientId, people } from '../testing/boot.js'

const units = [healthCentre1, 'SE2321000172-H002'] as const
const pair = { guardianId: people.gunilla, childId: people.lo }
const at = new Date('2026-11-22T12:00:00+01:00')
const reason = 'for the safety of the child'

let patients: Booted
beforeAll(async () => {
  patients = await bootPatients()
})
afterAll(() => patients.stop())

const block = (id: string, unitId: string = healthCentre1, validFrom = '2026-11-22T10:00:00+01:00') => ({
  ...pair,
  id,
  unitId,
  reason,
  validFrom,
})
const importCustodies = (...custodies: { validFrom: string; validUntil: string | null }[]) =>
  seed(
    patients.databaseUrl,
    { units: [], persons: [], staff: [], guardianships: custodies.map((custody) => ({ ...pair, ...custody })) },
    at,
  )

/** The four readers of guardianship: two facts, and two fields of the graph. */
async function whoSays() {
  const [{ body }, viewer, child] = await Promise.all([
    patients.call('messaging', 'facts', { guardianship: [pair], guardians: [people.lo] }),
    patients.ask(as('gunilla'), '{ me { mayActFor { id } } }'),
    patients.ask(as('lo'), '{ me { patient { guardians { displayName } } } }'),
  ])
  return {
    guardianship: (body.guardianship as boolean[])[0],
    guardians: (body.guardians as string[][])[0]?.includes(people.gunilla),
    mayActFor: JSON.stringify(viewer.data).includes(patientId('lo')),
    shown: JSON.stringify(child.data).includes('Gunilla'),
  }
}
const all = (yes: boolean) => ({ guardianship: yes, guardians: yes, mayActFor: yes, shown: yes })

describe('a block of a guardian', () => {
  it('[R20] stands against a second custody row and a re-import, until the unit that made it lifts it', async () => {
    const id = crypto.randomUUID()
    const custody = { validFrom: '2022-05-05', validUntil: null }
    await importCustodies(custody)
    expect(await whoSays()).toEqual(all(true))
    await patients.decide({ blocks: [block(id)] })
    await importCustodies(custody)
    await importCustodies({ validFrom: '2025-01-01', validUntil: null })
    expect(await whoSays()).toEqual(all(false))
    const lift = { id, validUntil: '2026-11-22T11:00:00+01:00' }
    await expect(patients.decide({ lifts: [{ ...lift, unitId: units[1] }] })).rejects.toThrow(RangeError)
    expect(await whoSays()).toEqual(all(false))
    await patients.decide({ lifts: [{ ...lift, unitId: healthCentre1 }] })
    expect(await whoSays()).toEqual(all(true))
  })

  it('[R20] no sequence of imports, custody rows and re-imports lifts it: only the lifts of all units that made one do', async () => {
    const day = fc.integer({ min: 0, max: 9_000 }).map((days) => new Date(days * 86_400_000 + 1e12).toISOString().slice(0, 10))
    const unit = fc.constantFrom(...units)
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ import: fc.array(fc.record({ validFrom: day, validUntil: fc.option(day) })) }) },
      { weight: 1, arbitrary: fc.record({ block: unit }) },
      { weight: 1, arbitrary: fc.record({ lift: unit }) },
    )
    const inForce = new Map<string, string>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const next of steps) {
          if ('import' in next) await importCustodies({ validFrom: '2022-05-05', validUntil: null }, ...next.import)
          else if ('block' in next) {
            const id = crypto.randomUUID()
            await patients.decide({ blocks: [block(id, next.block)] })
            inForce.set(id, next.block)
          } else {
            const [id] = [...inForce].find(([, unitId]) => unitId === next.lift) ?? []
            if (!id) continue
            await patients.decide({ lifts: [{ id, unitId: next.lift, validUntil: '2026-11-22T11:30:00+01:00' }] })
            inForce.delete(id)
          }
          expect(await whoSays()).toEqual(all(inForce.size === 0))
        }
      }),
      { numRuns: 15 },
    )
    // Some hundred imports and questions over HTTP: more than half a minute on a busy machine.
  })

  it('[R20] by the same decision twice is one; with other content, or lifted twice otherwise, it is refused', async () => {
    const id = crypto.randomUUID()
    const lift = { id, unitId: healthCentre1, validUntil: '2026-11-22T11:00:00+01:00' }
    await patients.decide({ blocks: [block(id)] })
    await patients.decide({ blocks: [block(id)], lifts: [lift] })
    await patients.decide({ lifts: [lift] })
    await expect(patients.decide({ blocks: [{ ...block(id), reason: 'another' }] })).rejects.toThrow('never changed')
    await expect(patients.decide({ lifts: [{ ...lift, validUntil: '2026-11-22T11:00:01+01:00' }] })).rejects.toThrow('once')
    await expect(patients.decide({ lifts: [{ ...lift, id: crypto.randomUUID() }] })).rejects.toThrow(RangeError)
    await expect(patients.decide({ blocks: [{ ...block(id), reason: ' ' }] })).rejects.toThrow('reason')
  })

  it.each([
    ['changed', "UPDATE patients.guardian_block SET reason = 'other'"],
    ['taken up again', 'UPDATE patients.guardian_block SET valid_until = NULL WHERE valid_until IS NOT NULL'],
    ['deleted', 'DELETE FROM patients.guardian_block'],
    ['emptied', 'TRUNCATE patients.guardian_block'],
  ])('[R20] is history: it cannot be %s, also not by hand', async (_what, sql) => {
    await expect(patients.pool.query(sql)).rejects.toThrow('history')
  })
})
