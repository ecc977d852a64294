import { loadPolicies } from '@vardgraf/policy'
import type { Logger } from '@vardgraf/process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writingOf } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import { caseId, documents, enter, eventually, knownPeople, nextKey, nurseLine, staff, uuid } from '../testing/story.js'
import { reviewCases } from './jobs.js'
import { LONGEST_PAUSE_MS, pauseAfter } from './rules.js'

const policies = loadPolicies()
const morning = '2026-11-23T09:00:00+01:00'
const closing = '2026-11-23T16:00:00+01:00'
const later = (seconds: number): Date => new Date(Date.parse(closing) + seconds * 1_000)

describe('a case whose review fails', () => {
  let service: Service
  let alarms: { alarm: string; careCase: string; failures: number }[]
  beforeAll(async () => {
    service = await startService(morning)
    knownPeople(service, { [uuid(1)]: {} })
  })
  afterAll(() => service.stop())
  beforeEach(async () => {
    service.setClock(morning)
    await service.db.careCase.updateMany({ where: { status: { in: ['WAITING', 'ASSIGNED'] } }, data: { status: 'ABANDONED' } })
    alarms = []
  })

  const log = { error: (line: (typeof alarms)[number]) => alarms.push(line) } as unknown as Logger
  const writing = () => writingOf(service)
  const reviewAt = (now: Date, stop?: AbortSignal) =>
    reviewCases({ writing: writing(), policies, clock: { now: () => now }, log }, stop)
  const waiting = async (count: number): Promise<string[]> => {
    const ids: string[] = []
    const enterOne = async (n: number) => (await enter(service, { patientId: uuid(100 + n), priority: 'P5' })).id
    // Five at a time: as many as the pool has room for beside the sweeps.
    for (let n = 0; n < count; n += 5)
      ids.push(...(await Promise.all(Array.from({ length: Math.min(5, count - n) }, (_, i) => enterOne(n + i)))))
    return ids
  }
  /** A region without a pack: the case cannot be placed. It is the first that is due. */
  const poison = (id: string) =>
    service.db.careCase.update({ where: { id }, data: { region: 'nowhere', reviewAt: new Date('2026-11-23T15:00:00+01:00') } })
  const quarantined = () => service.db.quarantinedReview.findMany()
  const routed = (ids: string[]) => service.db.caseEvent.count({ where: { kind: 'ROUTED', caseId: { in: ids } } })

  it('[R27, R33] one among 200 stops no other: all are routed, it is put off, counted and an alarm by id alone', async () => {
    const ids = await waiting(200)
    const [bad = ''] = ids
    await poison(bad)
    expect(await reviewAt(later(0))).toBe(199)
    expect(await routed(ids)).toBe(199)
    expect(await quarantined()).toMatchObject([{ caseId: bad, failures: 1, retryAt: later(60), reason: 'POLICY_NOT_IN_FORCE' }])
    expect(alarms).toMatchObject([{ alarm: 'CASE_REVIEW_FAILED', careCase: bad, failures: 1 }])
    expect(JSON.stringify(alarms)).not.toContain(uuid(100))
  })

  it.each([
    [
      'a priority that is lost',
      (id: string) => service.db.$executeRaw`UPDATE messaging.care_case SET priority = NULL WHERE id = ${id}::uuid`,
    ],
    [
      'an outcome that has no place',
      (id: string) => service.db.$executeRaw`UPDATE messaging.care_case SET outcome = NULL WHERE id = ${id}::uuid`,
    ],
    [
      'an event that is there already',
      (id: string) => service.db.$executeRaw`UPDATE messaging.care_case SET version = 1 WHERE id = ${id}::uuid`,
    ],
  ])('[R33] %s stops no other either', async (_, spoil) => {
    const ids = await waiting(3)
    await spoil(ids[1] ?? '')
    expect(await reviewAt(later(0))).toBe(2)
    expect(await quarantined()).toMatchObject([{ caseId: ids[1] }])
  })

  it('[R33] it is looked at again after growing pauses, and is as all others once that succeeds', async () => {
    const [bad = ''] = await waiting(1)
    await poison(bad)
    await reviewAt(later(0))
    await reviewAt(later(59))
    expect(await quarantined()).toMatchObject([{ failures: 1, since: later(0) }])
    await reviewAt(later(60))
    expect(await quarantined()).toMatchObject([{ failures: 2, since: later(0), lastFailedAt: later(60), retryAt: later(180) }])
    await service.db.careCase.update({ where: { id: bad }, data: { region: 'vastmanland' } })
    expect(await reviewAt(later(179))).toBe(0)
    expect(await reviewAt(later(180))).toBe(1)
    expect(await quarantined()).toEqual([])
    expect(await routed([bad])).toBe(1)
  })

  it('[R33] the pauses grow to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 2000].map((failures) => pauseAfter(failures) / 60_000)).toEqual([1, 2, 4, 8, 15, 15, 15])
    expect(pauseAfter(2000)).toBe(LONGEST_PAUSE_MS)
  })

  it('[R33] a clock that is set back does not make it wait for the time that it was put off to', async () => {
    const [bad = ''] = await waiting(1)
    await poison(bad)
    await reviewAt(later(86_400))
    await reviewAt(later(0))
    expect(await quarantined()).toMatchObject([{ failures: 2, retryAt: later(120) }])
  })

  it('[R32, R33] at the head of the queue it is claimed as any other, and so is the next', async () => {
    // They entered in the same moment: the id decides.
    const ids = (await waiting(2)).toSorted()
    await poison(ids[0] ?? '')
    const nurse = staff('SE2321000172-H001')
    for (const id of ids) {
      const { data } = await service.ask(nurse, documents.claim, { key: nextKey() })
      expect(data?.claimNextCase).toMatchObject({ careCase: { id: caseId({ id }) }, refusal: null })
    }
  })

  it('[R33] answered by staff all the same, it leaves the quarantine', async () => {
    const [bad = ''] = await waiting(1)
    await service.db.careCase.update({ where: { id: bad }, data: { reviewAt: new Date(morning) } })
    await service.db.quarantinedReview.create({
      data: {
        caseId: bad,
        failures: 7,
        since: new Date(morning),
        lastFailedAt: new Date(morning),
        retryAt: later(900),
        reason: 'X',
      },
    })
    const nurse = staff('SE2321000172-H001')
    await service.ask(nurse, documents.claim, { key: nextKey() })
    await service.ask(nurse, documents.answer, { caseId: caseId({ id: bad }), text: 'svar', key: nextKey() })
    await reviewAt(later(0))
    expect(await quarantined()).toEqual([])
  })

  it('[R27] three sweepers at once, one of them stopped in the middle: each case is routed once, and the bad one fails alone', async () => {
    const ids = await waiting(60)
    const [bad = ''] = ids
    await poison(bad)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 30)
    await Promise.all([reviewAt(later(0), stop.signal), reviewAt(later(0)), reviewAt(later(0))])
    await reviewAt(later(0))
    expect(await routed(ids)).toBe(59)
    expect(await quarantined()).toMatchObject([{ caseId: bad }])
  })

  it('[R27] a connection that is cut in the middle of a sweep: each case is routed once all the same, and none is blamed', async () => {
    const ids = await waiting(40)
    const sweeping = reviewAt(later(0)).catch(() => 0)
    await eventually(
      async () =>
        (
          await service.owner.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND query LIKE '%care_case%'",
          )
        ).rowCount,
    )
    await sweeping
    await reviewAt(later(0))
    expect(await routed(ids)).toBe(40)
    expect(await service.db.careCase.count({ where: { id: { in: ids }, responderUnitId: nurseLine } })).toBe(40)
    expect(await quarantined()).toEqual([])
  })

  it('[R33, R34] the sweeps of the running service go on: the others are routed, and an SMS that rests is sent', async () => {
    const ids = await waiting(5)
    await poison(ids[0] ?? '')
    const { id } = await service.db.notification.create({
      data: {
        kind: 'CASE_ANSWERED',
        recipientId: uuid(1),
        patientId: uuid(1),
        region: 'vastmanland',
        status: 'QUEUED',
        uniqueKey: nextKey(),
        createdAt: new Date(morning),
        queuedAt: new Date(morning),
      },
    })
    service.setClock(closing)
    await eventually(async () => (await service.db.notification.findUnique({ where: { id } }))?.status === 'SENT')
    await eventually(
      async () => (await service.db.careCase.count({ where: { responderUnitId: nurseLine, status: 'WAITING' } })) === 4,
    )
  })
})
