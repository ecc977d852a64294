import type { Viewer } from '@vardgraf/viewer'
import type pg from 'pg'
import { expect, it, vi } from 'vitest'
import { auditOf } from './audit.js'

const nurse: Viewer = { kind: 'STAFF', staffId: 's', unitId: 'u', role: 'NURSE', sessionExpiresAt: 4_000_000_000 }
const look = { patientId: 'p', what: 'CareCase', id: 'c' }
const now = () => new Date('2026-11-22T08:00:00Z')

/** An access log that keeps what it is given: one list a statement. */
function logWith(query: (sql: string, values: unknown[]) => Promise<unknown>) {
  const stored = vi.fn(query)
  return { stored, audit: auditOf({ query: stored } as unknown as pg.Pool, 'messaging', nurse, now) }
}

it('[A3] stores the looks of one turn by one statement, the same look once, another reason for itself', async () => {
  const { stored, audit } = logWith(async () => ({}))
  await Promise.all([
    audit.access(look),
    audit.access(look),
    audit.access({ ...look, reason: 'bookVisitFromCase' }),
    audit.access({ ...look, id: 'd', refused: true }),
  ])
  await audit.access(look)
  expect(stored).toHaveBeenCalledTimes(1)
  const [, values] = stored.mock.calls[0] ?? []
  expect(values?.slice(8)).toEqual([
    ['c', 'c', 'd'],
    [null, 'bookVisitFromCase', null],
    [false, false, true],
  ])
})

it('[A3] nobody who looks goes on when the look cannot be stored, then or later in the request', async () => {
  const { audit } = logWith(async () => {
    throw new Error('no space left')
  })
  const looks = await Promise.allSettled([audit.access(look), audit.access(look), audit.access({ ...look, id: 'd' })])
  expect(looks.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(audit.access(look)).rejects.toThrow('no space left')
})
