import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VisitStatus } from '../generated/prisma/enums.js'
import { isFinal, mayBecome } from './rules.js'

const all = Object.values(VisitStatus)
const anyStatus = fc.constantFrom(...all)

describe('the states of a visit', () => {
  it('lead from proposal to a visit held', () => {
    const path = ['PROPOSED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'FULFILLED'] as const
    for (const [index, status] of path.slice(1).entries()) expect(mayBecome(path[index] ?? status, status)).toBe(true)
  })

  it('never lead out of a final one, nor back, nor round', () => {
    const reach = (from: VisitStatus): VisitStatus[] =>
      all.filter((to) => mayBecome(from, to)).flatMap((to) => [to, ...reach(to)])
    fc.assert(
      fc.property(anyStatus, (status) => {
        expect(reach(status)).not.toContain(status)
        expect(isFinal(status)).toBe(reach(status).length === 0)
      }),
    )
  })

  it('let nobody stay away from a visit that goes on', () => {
    expect(mayBecome('IN_PROGRESS', 'NO_SHOW')).toBe(false)
    expect(mayBecome('IN_PROGRESS', 'CANCELLED')).toBe(false)
  })
})
