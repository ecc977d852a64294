import { NOBODY } from '@vardgraf/access'
import { loadPolicies } from '@vardgraf/policy'
import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { describe, expect, it, vi } from 'vitest'
import type { Context } from '../context.js'
import type { CareCase } from '../generated/prisma/client.js'
import { seesQueueOf } from '../waiting-room/access.js'
import { actorOf, cases, hasCasesInHand, maySeeCasesOf, requireLogin } from './access.js'

const [id, ghost] = ['0193aaaa-7a7a-7a7a-8a7a-aaaaaaaaaaaa', '0193bbbb-7a7a-7a7a-8a7a-aaaaaaaaaaaa']
const row = {
  id,
  patientId: 'astrid',
  responderUnitId: 'centre',
  status: 'WAITING',
  closedAt: null,
  region: 'vastmanland',
} as CareCase
const staff = (unitId: string, role: 'NURSE' | 'UNIT_ADMINISTRATOR' = 'NURSE'): Viewer => ({
  kind: 'STAFF',
  staffId: 's',
  unitId,
  role,
  sessionExpiresAt: 4_000_000_000,
})
const policies = loadPolicies()
const person = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt: 4_000_000_000 })
const anonymous: Viewer = { kind: 'ANONYMOUS' }

/** Of the viewers only `gunilla` is a guardian of the patient; nobody has a care relation but by the case. */
function as(viewer: Viewer) {
  const access = vi.fn(async () => {})
  const get = vi.fn(
    async (_fact: string, key: { guardianId?: string; childId?: string }) =>
      key.guardianId === 'gunilla' && key.childId === 'astrid',
  )
  const load = vi.fn(async (wanted: string) => (wanted === id ? row : null))
  const now = () => new Date('2026-11-23T09:00:00+01:00')
  const ctx = { viewer, now, facts: { get }, audit: { access }, loader: () => ({ load }), policies, language: 'en' }
  return { ctx: ctx as unknown as Context, access, get, load }
}

const viewers: [string, Viewer, boolean][] = [
  ['the patient', person('astrid'), true],
  ['her guardian', person('gunilla'), true],
  ['another patient', person('elliot'), false],
  ['a nurse of the unit that handles it', staff('centre'), true],
  ['a nurse of another unit', staff('other'), false],
  ['an administrator of the unit', staff('centre', 'UNIT_ADMINISTRATOR'), false],
  ['an anonymous viewer', anonymous, false],
]
const logs = (viewer: Viewer): boolean => viewer.kind === 'STAFF' || (viewer.kind === 'PATIENT' && viewer.personId !== 'astrid')

describe.each(viewers)('%s', (_who, viewer, sees) => {
  const look = { patientId: 'astrid', what: 'CareCase', id, refused: !sees }

  it(`[A1, R20, R23] follows a case: ${sees}, without a word in the access log`, async () => {
    const { ctx, access } = as(viewer)
    expect(await cases.mayFollow(ctx, row)).toBe(sees)
    expect(access.mock.calls).toEqual([])
  })

  it(`[A1, A3] sees it: ${sees}, and the look of another than the patient is in the access log`, async () => {
    const { ctx, access } = as(viewer)
    expect(await cases.maySee(ctx, row)).toBe(sees)
    expect(access.mock.calls).toEqual(logs(viewer) ? [[look]] : [])
  })

  it(`[A7] finds it by its id: ${sees}; otherwise it is as one that does not exist`, async () => {
    const { ctx } = as(viewer)
    expect(await cases.find(ctx, globalId('CareCase', id))).toBe(sees ? row : null)
    const required = cases.require(ctx, globalId('CareCase', id))
    if (sees) expect(await required).toBe(row)
    else await expect(required).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } })
  })

  it('[A3, A7] looks at nothing where there is none, with the steps of a refused look', async () => {
    const { ctx, access, get } = as(viewer)
    expect(await cases.find(ctx, globalId('CareCase', ghost))).toBeNull()
    // Staff are decided by the case itself, and where there is none by nothing: no other subgraph is asked.
    const questions = viewer.kind === 'PATIENT' ? [['guardianship', { guardianId: viewer.personId, childId: NOBODY }]] : []
    expect(get.mock.calls).toEqual(questions)
    const nothing = { patientId: NOBODY, what: 'CareCase', id: ghost, refused: true }
    expect(access.mock.calls).toEqual(viewer.kind === 'ANONYMOUS' ? [] : [[nothing]])
  })
})

it.each([
  ['an id of another type', staff('centre'), globalId('Visit', id)],
  ['an anonymous viewer', anonymous, globalId('CareCase', id)],
])('[A7] nothing is loaded for %s', async (_what, viewer, asked) => {
  const { ctx, load } = as(viewer)
  expect(await cases.find(ctx, asked)).toBeNull()
  expect(load).not.toHaveBeenCalled()
})

it('[A3] whether a patient has cases at all is told, and logged, as a look at her list', async () => {
  const { ctx, access } = as(staff('centre'))
  expect(await maySeeCasesOf(ctx, 'astrid')).toBe(false)
  expect(access.mock.calls).toEqual([[{ patientId: 'astrid', what: 'Patient.careCases', id: 'astrid', refused: true }]])
})

it.each([
  ['a nurse of the unit', staff('centre'), true, true],
  ['its administrator', staff('centre', 'UNIT_ADMINISTRATOR'), true, false],
  ['a nurse of another unit', staff('other'), false, false],
  ['a patient', person('astrid'), false, false],
  ['an anonymous viewer', anonymous, false, false],
])('[A1] %s sees its queue: %s, and what it has in hand: %s', (_who, viewer, queue, inHand) => {
  expect([seesQueueOf({ viewer }, 'centre'), hasCasesInHand({ viewer }, 'centre')]).toEqual([queue, inHand])
  expect(hasCasesInHand({ viewer }, null)).toBe(false)
})

it.each([
  [staff('centre'), { kind: 'STAFF', id: 's' }],
  [person('astrid'), { kind: 'PATIENT', id: 'astrid' }],
  [person('gunilla'), { kind: 'GUARDIAN', id: 'gunilla' }],
])('[R14] the author of a change by %o is %o', (viewer, author) => {
  expect(() => requireLogin({ viewer, language: 'en' })).not.toThrow()
  expect(actorOf({ viewer, language: 'en' }, 'astrid')).toEqual(author)
})

it('[A7] an anonymous viewer is told to log in, and changes nothing', () => {
  const code = expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) })
  const viewer = { viewer: anonymous, language: 'en' } as const
  expect(() => requireLogin(viewer)).toThrow(code)
  expect(() => actorOf(viewer, 'astrid')).toThrow(code)
})
