import { loadPolicies, priorities, queueOrder } from '@vardgraf/policy'
import { MINUTE_MS } from '@vardgraf/time'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from '../testing/service.js'
import { centre, claimAndAnswer, documents, enter, nextKey, patient, rowId, staff, uuid } from '../testing/story.js'
import { queueOfUnit, standingOfCase } from './loaders.js'
import { placeOf } from './rules.js'
import { queueColumns } from './sql.js'

const policy = loadPolicies().policyFor('vastmanland', new Date('2026-11-23T09:00:00+01:00'))
const start = Date.parse('2026-11-23T08:00:00+01:00')
const placed = {
  unitId: centre,
  unitKind: 'HEALTH_CENTRE',
  outcome: 'HEALTH_CENTRE',
  warnedAt: null,
  overflowedAt: null,
} as const

describe('the order of the waiting room', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService('2026-11-23T08:00:00+01:00')
  })
  afterAll(() => service.stop())

  it('[R32] the database, the policy and the claims agree on every queue: P1 first, then the earliest target, and nobody starves', async () => {
    let unit = 0
    const arrival = fc.record({ priority: fc.constantFrom(...priorities), minute: fc.integer({ min: 0, max: 470 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 12 }), async (arrivals) => {
        // Acute cases come to the nurse line: a unit that is one keeps all of them in one queue.
        const unitId = `SE2321000172-T${++unit}`
        const entered = []
        for (const [index, { priority, minute }] of arrivals.entries()) {
          service.setClock(new Date(start + minute * 60_000).toISOString())
          entered.push(
            await enter(service, { patientId: uuid(1000 + index), priority: priority === 'P1' ? 'P2' : priority, unitId }),
          )
          if (priority === 'P1')
            await service.db.careCase.update({
              where: { id: entered.at(-1)?.id ?? '' },
              data: { priority, queueClass: 0, targetAt: entered.at(-1)?.enteredAt ?? null },
            })
        }
        const rows = await service.db.careCase.findMany({ where: { responderUnitId: unitId } })
        const expected = rows
          .map(({ id, priority, enteredAt }) => ({ id, priority: priority ?? 'P5', enteredAt: enteredAt ?? new Date(0) }))
          .sort(queueOrder(policy))
          .map(({ id }) => id)
        const standing = standingOfCase(service)
        const queue = await queueOfUnit(service).load({ unitId, after: null, limit: 100 })
        expect(queue.map(({ id }) => id)).toEqual(expected)
        expect(queue.map(({ position }) => position)).toEqual(expected.map((_, index) => index + 1))
        expect(await Promise.all(expected.map(async (id) => (await standing.load(id))?.position))).toEqual(
          expected.map((_, index) => index + 1),
        )
        const claimed = []
        for (const _ of expected)
          claimed.push(
            rowId((await service.ask(staff(unitId), documents.claim, { key: nextKey() })).data.claimNextCase.careCase.id),
          )
        expect(claimed).toEqual(expected)
      }),
      { numRuns: 15, seed: 32 },
    )
  })

  it('[R32] the rule and its SQL order any rows alike, also those that entered in the same millisecond or have the same target', async () => {
    // Few instants, at the boundaries: a target of one priority falls on that of another, and on the entry of a third.
    const minute = fc.constantFrom(0, 1, 59, 60, 119, 120, 239, 240)
    const waiting = fc.record({ id: fc.uuid(), priority: fc.constantFrom(...priorities), minute })
    const rows = fc.uniqueArray(waiting, { minLength: 2, maxLength: 30, selector: ({ id }) => id })
    await fc.assert(
      fc.asyncProperty(rows, async (drawn) => {
        const cases = drawn.map(({ id, priority, minute }) => ({ id, priority, enteredAt: new Date(start + minute * MINUTE_MS) }))
        const places = cases.map((each) => placeOf(policy, { ...placed, ...each }, each.enteredAt))
        const ordered = await service.db.$queryRaw<{ id: string }[]>`
          SELECT c.id FROM unnest(
            ${cases.map(({ id }) => id)}::uuid[], ${places.map(({ queueClass }) => queueClass)}::smallint[],
            ${places.map(({ targetAt }) => targetAt)}::timestamptz[], ${places.map(({ enteredAt }) => enteredAt)}::timestamptz[]
          ) AS c(id, queue_class, target_at, entered_at) ORDER BY ${queueColumns('c')}`
        expect(ordered.map(({ id }) => id)).toEqual(cases.toSorted(queueOrder(policy)).map(({ id }) => id))
      }),
      { numRuns: 100, seed: 32 },
    )
  })

  it('[R32] a queue of 200 is read by its index', async () => {
    service.setClock('2026-11-23T09:00:00+01:00')
    for (let n = 0; n < 200; n += 1) await enter(service, { patientId: uuid(2000 + n), priority: 'P4' })
    await service.owner.query('ANALYZE messaging.care_case')
    const plan = await service.db.$queryRaw<{ 'QUERY PLAN': string }[]>`
      EXPLAIN SELECT id FROM messaging.care_case c WHERE responder_unit_id = ${centre} AND status = 'WAITING'
      ORDER BY ${queueColumns('c')} LIMIT 1 FOR UPDATE SKIP LOCKED`
    const text = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(text).toContain('care_case_queue')
    expect(text).not.toContain('Sort')
  })

  it('[R32] the estimate follows the pace of the unit’s last answers, and is unknown before there are enough', async () => {
    const unitId = 'SE2321000172-H009'
    const waiting: string[] = []
    for (let n = 0; n < 6; n += 1) waiting.push((await enter(service, { patientId: uuid(3000 + n), unitId })).id)
    const estimate = async () => {
      const { data } = await service.ask(
        patient(uuid(3005)),
        'query ($id: ID!) { careCase(id: $id) { waitingRoom { position estimatedAnswerAt } } }',
        { id: Buffer.from(`CareCase:${waiting[5]}`).toString('base64url') },
      )
      return data.careCase.waitingRoom
    }
    expect(await estimate()).toEqual({ position: 6, estimatedAnswerAt: null })
    for (const minute of ['10', '20', '30', '40']) {
      service.setClock(`2026-11-23T09:${minute}:00+01:00`)
      await claimAndAnswer(service, staff(unitId))
    }
    expect(await estimate()).toEqual({ position: 2, estimatedAnswerAt: '2026-11-23T10:00:00+01:00' })
  })
})
