import { assert, constantFrom, date, property, record, uniqueArray, uuid } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priorities } from './codes.js'
import { loadPolicies } from './load.js'
import { answerDueAt, type Queued, queueOrder, slaBreached, targetAt, targetMinutes, warnAt } from './queue.js'

const pack = loadPolicies().policyFor('vastmanland', new Date('2026-11-22T12:00:00Z'))
const order = queueOrder(pack)
const MINUTE = 60_000

const instant = date({ min: new Date('2026-03-20T00:00:00Z'), max: new Date('2026-04-05T00:00:00Z'), noInvalidDate: true })
// Few instants and priorities, so that ties are common.
const coarse = instant.map((d) => new Date(Math.floor(d.getTime() / (60 * MINUTE)) * 60 * MINUTE))
const queued = record({ id: uuid(), priority: constantFrom(...priorities), enteredAt: coarse })
const queue = uniqueArray(queued, { minLength: 3, maxLength: 30, selector: ({ id }) => id })

const ids = (all: Queued[]) => all.map(({ id }) => id)

describe('the order of the waiting room', () => {
  it('[R32] puts P1 before all others, however long they have waited', () => {
    const old: Queued = { id: 'a', priority: 'P2', enteredAt: new Date('2026-11-20T00:00:00Z') }
    const acute: Queued = { id: 'b', priority: 'P1', enteredAt: new Date('2026-11-22T12:00:00Z') }
    expect(ids([old, acute].sort(order))).toEqual(['b', 'a'])
  })

  it.each([
    ['2026-11-22T05:59:59Z', ['p3', 'p2'], 'the lower priority entered over six hours before'],
    ['2026-11-22T06:00:00Z', ['p3', 'p2'], 'their targets are the same instant: who entered first'],
    ['2026-11-22T06:00:01Z', ['p2', 'p3'], 'the greater need'],
  ])('[R32] a P3 of %s and a P2 of noon come in the order %s: %s', (enteredAt, expected) => {
    const p3: Queued = { id: 'p3', priority: 'P3', enteredAt: new Date(enteredAt) }
    const p2: Queued = { id: 'p2', priority: 'P2', enteredAt: new Date('2026-11-22T12:00:00Z') }
    expect(ids([p2, p3].sort(order))).toEqual(expected)
  })

  it('[R32] puts ties in the order of their ids', () => {
    const enteredAt = new Date('2026-11-22T12:00:00Z')
    const twins: Queued[] = ['b', 'B', 'a', 'å'].map((id) => ({ id, priority: 'P4', enteredAt }))
    expect(ids(twins.sort(order))).toEqual(['B', 'a', 'b', 'å'])
  })

  it('[R32] is a total order: antisymmetric, transitive, and 0 only for the same case', () => {
    assert(
      property(queue, (cases) => {
        for (const a of cases)
          for (const b of cases) {
            expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).toBe(0)
            expect(order(a, b) === 0).toBe(a.id === b.id)
          }
        for (const a of cases)
          for (const b of cases)
            for (const c of cases) if (order(a, b) < 0 && order(b, c) < 0) expect(order(a, c)).toBeLessThan(0)
      }),
      { numRuns: 50 },
    )
  })

  it('[R32] does not depend on the order in which the cases are read', () => {
    assert(
      property(queue, (cases) => {
        expect(ids(cases.toSorted(order))).toEqual(ids(cases.toReversed().sort(order)))
      }),
    )
  })

  it('[R32] lets nobody starve: who enters after the difference between two targets is behind', () => {
    const others = priorities.filter((p) => p !== 'P1')
    assert(
      property(constantFrom(...others), constantFrom(...others), coarse, uuid(), uuid(), (early, late, enteredAt, a, b) => {
        const first: Queued = { id: a, priority: early, enteredAt }
        const head = Math.max(0, targetMinutes(pack, early) - targetMinutes(pack, late)) * MINUTE
        const second: Queued = { id: b, priority: late, enteredAt: new Date(enteredAt.getTime() + head + 1) }
        expect(order(first, second)).toBeLessThan(0)
      }),
    )
  })

  it('[R32] of those who come together, the greatest need is first', () => {
    const enteredAt = new Date('2026-11-22T12:00:00Z')
    const together = priorities.toReversed().map((priority): Queued => ({ id: priority, priority, enteredAt }))
    expect(ids(together.sort(order))).toEqual([...priorities])
  })

  it('[R32] takes the targets from the pack', () => {
    expect(priorities.map((p) => targetMinutes(pack, p))).toEqual([0, 120, 480, 1200, 1380])
    expect(targetAt(pack, { id: 'a', priority: 'P3', enteredAt: new Date('2026-11-22T12:00:00Z') })).toEqual(
      new Date('2026-11-22T20:00:00Z'),
    )
  })
})

describe('the answer within 24 hours', () => {
  it.each([
    ['2026-11-22T22:30:00+01:00', '2026-11-23T22:30:00+01:00', 'an ordinary night'],
    ['2026-03-28T22:30:00+01:00', '2026-03-29T23:30:00+02:00', 'the day of 23 hours'],
    ['2026-10-24T22:30:00+02:00', '2026-10-25T21:30:00+01:00', 'the day of 25 hours'],
    ['2026-12-24T17:00:00+01:00', '2026-12-25T17:00:00+01:00', 'a holiday counts'],
  ])('[R33] to a case of %s is due at %s: %s', (enteredAt, due) => {
    expect(answerDueAt(pack, new Date(enteredAt))).toEqual(new Date(due))
  })

  it('[R33] warns two elapsed hours before', () => {
    expect(warnAt(pack, new Date('2026-10-24T22:30:00+02:00'))).toEqual(new Date('2026-10-25T19:30:00+01:00'))
  })

  it.each([
    [null, '2026-11-23T12:00:00Z', false],
    [null, '2026-11-23T12:00:00.001Z', true],
    ['2026-11-23T12:00:00Z', '2026-12-01T00:00:00Z', false],
    ['2026-11-23T12:00:00.001Z', '2026-12-01T00:00:00Z', true],
  ])('[R33] answered at %s, seen at %s: breached is %s', (answeredAt, now, breached) => {
    const entered = new Date('2026-11-22T12:00:00Z')
    expect(slaBreached(pack, entered, answeredAt === null ? null : new Date(answeredAt), new Date(now))).toBe(breached)
  })
})
