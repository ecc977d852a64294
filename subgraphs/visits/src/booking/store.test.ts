import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../database.js'
import { VisitStatus } from '../generated/prisma/enums.js'
import { type Service, startService } from '../testing/service.js'
import { newVisit } from '../testing/visits.js'
import { overlaps } from '../visit/rules.js'
import { bookVisit } from './store.js'

const now = '2026-11-22T12:00:00+01:00'
const unitId = 'SE2321000131-H001'

describe('stored visits', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService(now)
  })
  afterAll(() => service.stop())

  it('[R36] overlap for the database exactly where they do for the rule', async () => {
    const db = connectDatabase(service.platform.pool)
    const span = fc.record({
      patient: fc.constantFrom(0, 1),
      from: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 1, max: 12 }),
      status: fc.constantFrom(...Object.values(VisitStatus)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(span, { maxLength: 12 }), async (spans) => {
        const patients = [crypto.randomUUID(), crypto.randomUUID()]
        const accepted: { patientId: string; startsAt: Date; endsAt: Date; status: VisitStatus }[] = []
        for (const { patient, from, length, status } of spans) {
          const startsAt = new Date(new Date(now).getTime() + from * 60_000)
          const visit = {
            patientId: patients[patient] ?? '',
            startsAt,
            endsAt: new Date(startsAt.getTime() + length * 60_000),
            status,
          }
          const free = !accepted.some((other) => other.patientId === visit.patientId && overlaps(other, visit))
          const cancelledAt = status === 'CANCELLED' ? new Date(now) : null
          const { count } = await db.visit.createMany({
            data: [{ ...newVisit({ unitId, ...visit }), status, cancelledAt }],
            skipDuplicates: true,
          })
          expect(count).toBe(free ? 1 : 0)
          if (free) accepted.push(visit)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is undone whole when the event cannot be appended', async () => {
    const db = connectDatabase(service.platform.pool)
    const patientId = crypto.randomUUID()
    const bus = { ...service.platform.bus, append: async () => Promise.reject(new Error('no queue')) }
    const visit = newVisit({ patientId, unitId, startsAt: new Date('2026-12-01T09:00:00+01:00') })
    await expect(bookVisit(db, bus, visit)).rejects.toThrow('no queue')
    expect(await db.visit.count({ where: { patientId } })).toBe(0)
  })
})
