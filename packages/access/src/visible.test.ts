import { GraphError } from '@vardgraf/errors'
import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { describe, expect, it, vi } from 'vitest'
import { NOBODY } from './access.js'
import type { AccessContext } from './context.js'
import { partOf, visible } from './visible.js'

interface Row {
  id: string
  patientId: string
  unitId: string
}

const [patient, guardian, stranger, noteId, partId] = ['1', '2', '3', '4', '5'].map((n) =>
  n.repeat(8).concat('-0000-4000-8000-000000000000'),
) as [string, string, string, string, string]
const session = { sessionExpiresAt: 4_000_000_000 }
const person = (personId: string): Viewer => ({ kind: 'PATIENT', personId, ...session })
const staffOf = (unitId: string, role: 'NURSE' | 'UNIT_ADMINISTRATOR' = 'NURSE'): Viewer => ({
  kind: 'STAFF',
  staffId: 's',
  unitId,
  role,
  ...session,
})

const row: Row = { id: noteId, patientId: patient, unitId: 'u' }
const notes = visible<Row, AccessContext>('Note', {
  load: async (_ctx, id) => (id === noteId ? row : null),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId }),
})
const parts = partOf('Part', notes, {
  load: async (_ctx, id) => (id === partId ? { noteId } : null),
  wholeId: (part: { noteId: string }) => part.noteId,
})

function asked(viewer: Viewer) {
  const get = vi.fn(async (fact: string, key: { guardianId?: string; childId?: string; patientId?: string; unitId?: string }) =>
    fact === 'guardianship'
      ? key.guardianId === guardian && key.childId === patient
      : key.patientId === patient && key.unitId !== 'far',
  )
  const access = vi.fn(async () => {})
  const ctx = { viewer, language: 'en', facts: { get }, audit: { access }, now: () => new Date() } as unknown as AccessContext
  return { ctx, get, access }
}

const viewers: [string, Viewer, boolean][] = [
  ['the patient', person(patient), true],
  ['her guardian', person(guardian), true],
  ['a stranger', person(stranger), false],
  ['a nurse of the unit', staffOf('u'), true],
  ['a nurse of another unit with a care relation', staffOf('other'), false],
  ['a nurse without a care relation', staffOf('far'), false],
  ['the unit’s administrator', staffOf('u', 'UNIT_ADMINISTRATOR'), false],
  ['an anonymous viewer', { kind: 'ANONYMOUS' }, false],
]

describe('what is visible', () => {
  it.each(viewers)('[R20, R23, A1] by id, reference, row and rule is the same to %s', async (_name, viewer, sees) => {
    const { ctx } = asked(viewer)
    expect(await notes.find(ctx, globalId('Note', noteId))).toEqual(sees ? row : null)
    expect(await notes.reference((found) => ({ shown: found }))({ id: globalId('Note', noteId) }, ctx)).toEqual(
      sees ? { shown: row } : null,
    )
    expect(await notes.maySee(ctx, row)).toBe(sees)
    expect(await notes.mayFollow(ctx, row)).toBe(sees)
    expect(await parts.find(ctx, globalId('Part', partId))).toEqual(sees ? { noteId } : null)
    await expect(
      notes.require(ctx, globalId('Note', noteId)).then(
        () => 'found',
        (error: GraphError) => error.code,
      ),
    ).resolves.toBe(sees ? 'found' : 'NOT_FOUND')
  })

  it.each(viewers.filter(([, , sees]) => !sees))(
    '[A7] asks as much of %s where there is nothing as where she may not see, and is as silent',
    async (_name, viewer) => {
      const refused = asked(viewer)
      const absent = asked(viewer)
      expect(await notes.find(refused.ctx, globalId('Note', noteId))).toBeNull()
      expect(await notes.find(absent.ctx, globalId('Note', stranger))).toBeNull()
      expect(absent.get.mock.calls.map(([fact]) => fact)).toEqual(refused.get.mock.calls.map(([fact]) => fact))
      expect(absent.access).toHaveBeenCalledTimes(refused.access.mock.calls.length)
    },
  )

  it('[A3] is in the access log before it is shown, except to the patient herself', async () => {
    const own = asked(person(patient))
    await notes.find(own.ctx, globalId('Note', noteId))
    expect(own.access).not.toHaveBeenCalled()
    const nurse = asked(staffOf('u'))
    await notes.find(nurse.ctx, globalId('Note', noteId), { reason: 'correctNote' })
    expect(nurse.access.mock.calls).toEqual([
      [{ patientId: patient, what: 'Note', id: noteId, reason: 'correctNote', refused: false }],
    ])
  })

  it('[A3] is not shown when the access log cannot be written', async () => {
    const { ctx, access } = asked(staffOf('u'))
    access.mockRejectedValue(new Error('the access log is away'))
    await expect(notes.find(ctx, globalId('Note', noteId))).rejects.toThrow('the access log is away')
  })

  it('[A3] is in the access log as refused when it cannot be read', async () => {
    const { ctx, access } = asked(staffOf('u'))
    const broken = visible<Row, AccessContext>('Note', {
      load: () => Promise.reject(new GraphError('FACTS_UNAVAILABLE')),
      idOf: ({ id }) => id,
      ownedBy: ({ patientId }) => ({ patientId }),
    })
    await expect(broken.find(ctx, globalId('Note', noteId))).rejects.toMatchObject({ code: 'FACTS_UNAVAILABLE' })
    expect(access.mock.calls).toEqual([[{ patientId: NOBODY, what: 'Note', id: noteId, refused: true }]])
  })

  it('is nothing behind the id of another type', async () => {
    const { ctx, get } = asked(staffOf('u'))
    expect(await notes.find(ctx, globalId('Part', noteId))).toBeNull()
    expect(get).not.toHaveBeenCalled()
  })

  it('[A1] is decided for staff by the thing itself where it says so, and by nothing where there is nothing', async () => {
    const own = visible<Row, AccessContext>('Note', {
      load: async (_ctx, id) => (id === noteId ? row : null),
      idOf: ({ id }) => id,
      ownedBy: ({ patientId }) => ({ patientId }),
      staff: ({ viewer }, { unitId }) => viewer.kind === 'STAFF' && viewer.unitId === unitId,
    })
    const { ctx, get, access } = asked(staffOf('u'))
    expect(await own.find(ctx, globalId('Note', noteId))).toEqual(row)
    expect(await own.find(ctx, globalId('Note', stranger))).toBeNull()
    expect(get).not.toHaveBeenCalled()
    expect(access).toHaveBeenCalledTimes(2)
  })

  it('[A1, A7] that is the patient herself is decided by her id, and read only for whoever may see her', async () => {
    const load = vi.fn(async (_ctx: AccessContext, id: string) => (id === patient ? { id } : null))
    const persons = visible<{ id: string }, AccessContext>('Person', {
      load,
      idOf: ({ id }) => id,
      ownedBy: ({ id }) => ({ patientId: id }),
      isPatient: true,
    })
    const nurse = asked(staffOf('other'))
    expect(await persons.find(nurse.ctx, globalId('Person', patient))).toEqual({ id: patient })
    expect(load).toHaveBeenCalledTimes(1)
    for (const id of [patient, noteId]) {
      const refused = asked(person(stranger))
      expect(await persons.find(refused.ctx, globalId('Person', id))).toBeNull()
      expect(refused.access.mock.calls).toEqual([[{ patientId: id, what: 'Person', id, refused: true }]])
    }
    expect(load).toHaveBeenCalledTimes(1)
  })
})
