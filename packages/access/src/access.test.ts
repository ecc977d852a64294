import { GraphError } from '@vardgraf/errors'
import { isUuid } from '@vardgraf/relay'
import { type StaffRole, staffRoles, type Viewer } from '@vardgraf/viewer'
import { describe, expect, it, vi } from 'vitest'
import { hasCareRelation, mayActFor, maySee, NOBODY } from './access.js'
import { can } from './capabilities.js'
import type { AccessContext } from './context.js'

const away = async (): Promise<boolean> => {
  throw new GraphError('FACTS_UNAVAILABLE')
}
const slowlyAway = async (): Promise<boolean> => new Promise<never>(() => {})
const [yes, no] = [async () => true, async () => false]

const look = { patientId: 'astrid', what: 'Visit', id: 'v' }

/** A member of staff, what the owners of both relations say to her, and her access log. */
function asked(messaging: () => Promise<boolean>, visits: () => Promise<boolean>, role: StaffRole = 'NURSE') {
  const viewer: Viewer = { kind: 'STAFF', staffId: 's', unitId: 'u', role, sessionExpiresAt: 4_000_000_000 }
  const access = vi.fn(async () => {})
  const get = vi.fn((fact: string) => (fact === 'caseRelation' ? messaging() : visits()))
  return { ctx: { viewer, facts: { get }, audit: { access } } as unknown as AccessContext, access, get }
}

describe('a care relation', () => {
  it.each([
    ['visits is away and messaging says yes', yes, away],
    ['messaging is away and visits says yes', away, yes],
    ['visits never answers and messaging says yes', yes, slowlyAway],
  ])('[A1] holds when %s', async (_, messaging, visits) => {
    const { ctx, access } = asked(messaging, visits)
    expect(await maySee(ctx, look)).toBe(true)
    expect(access.mock.calls).toEqual([[{ ...look, refused: false }]])
  })

  it.each([
    ['visits is away and messaging says no', no, away],
    ['messaging is away and visits says no', away, no],
    ['both are away', away, away],
  ])('[A1, A3] cannot be told when %s: nothing is shown, and the attempt is in the access log', async (_, messaging, visits) => {
    const { ctx, access } = asked(messaging, visits)
    await expect(maySee(ctx, look)).rejects.toMatchObject({ extensions: { code: 'FACTS_UNAVAILABLE' } })
    expect(access.mock.calls).toEqual([[{ ...look, refused: true }]])
  })

  it('[A1] does not hold when both say no', async () => {
    const { ctx, access } = asked(no, no)
    expect(await maySee(ctx, look)).toBe(false)
    expect(access.mock.calls).toEqual([[{ ...look, refused: true }]])
  })

  it.each(staffRoles.map((role) => [role, role !== 'UNIT_ADMINISTRATOR'] as const))(
    '[A1] gives %s of the unit access to the patient: %s',
    async (role, given) => {
      const { ctx, access } = asked(yes, yes, role)
      expect(await hasCareRelation(ctx, 'astrid')).toBe(given)
      expect(await maySee(ctx, look)).toBe(given)
      expect(access.mock.calls).toEqual([[{ ...look, refused: !given }]])
    },
  )
})

it('[A3] a guardian’s look that cannot be decided is in the access log', async () => {
  const { ctx, access } = asked(no, no)
  ctx.viewer = { kind: 'PATIENT', personId: 'gunilla', sessionExpiresAt: 4_000_000_000 }
  ctx.facts.get = away as never
  await expect(maySee(ctx, look)).rejects.toThrow()
  expect(access.mock.calls).toEqual([[{ ...look, refused: true }]])
})

describe('without a word in the access log', () => {
  const patient = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt: 4_000_000_000 })
  const as = (viewer: Viewer, guardianship = no) => {
    const { ctx, access } = asked(no, no)
    const get = vi.fn((_fact: string, _key: object) => guardianship())
    ctx.viewer = viewer
    ctx.facts.get = get as never
    return { ctx, access, get }
  }

  it('[A1] the patient sees and acts for herself: no fact is asked', async () => {
    const { ctx, access, get } = as(patient('astrid'))
    expect([await mayActFor(ctx, 'astrid'), await maySee(ctx, look)]).toEqual([true, true])
    expect([access.mock.calls, get.mock.calls]).toEqual([[], []])
  })

  it('[A7] an anonymous viewer sees nothing and acts for no one: no fact is asked', async () => {
    const { ctx, access, get } = as({ kind: 'ANONYMOUS' })
    expect([await mayActFor(ctx, 'astrid'), await maySee(ctx, look)]).toEqual([false, false])
    expect([access.mock.calls, get.mock.calls]).toEqual([[], []])
    expect([can(ctx.viewer, 'CARE'), can(ctx.viewer, 'QUEUE')]).toEqual([false, false])
  })

  it.each([
    [true, yes],
    [false, no],
  ])('[R20, R23] another patient is asked about as a guardian of this child: %s', async (answer, guardianship) => {
    const { ctx, access, get } = as(patient('gunilla'), guardianship)
    expect(await mayActFor(ctx, 'lo')).toBe(answer)
    expect(get.mock.calls).toEqual([['guardianship', { guardianId: 'gunilla', childId: 'lo' }]])
    expect(access.mock.calls).toEqual([])
  })
})

it('[A1] both owners are asked about this patient and the unit of the viewer', async () => {
  const { ctx, get } = asked(no, no)
  await hasCareRelation(ctx, 'astrid')
  const key = { patientId: 'astrid', unitId: 'u' }
  expect(get.mock.calls).toEqual([
    ['caseRelation', key],
    ['visitRelation', key],
  ])
})

it.each([
  ['u', true],
  ['another', false],
  [undefined, true],
])('[A1, A3] what only the staff of %s may see, a nurse of u with a care relation sees: %s', async (unitId, seen) => {
  const { ctx, access } = asked(yes, yes)
  expect(await maySee(ctx, { ...look, ...(unitId && { unitId }) })).toBe(seen)
  expect(access.mock.calls).toEqual([[{ ...look, refused: !seen }]])
})

it('[A7] the id that stands for nobody can be asked about as any other', () => {
  expect(isUuid(NOBODY)).toBe(true)
})
