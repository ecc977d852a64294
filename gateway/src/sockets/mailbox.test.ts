import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Budget, Mailbox } from './mailbox.js'
import { WaitingBytes } from './waiting.js'

const budgetOf = (bytes: number) => new Budget(bytes, new WaitingBytes(1_000_000).join({ relieve: () => {} }))
const mailbox = (budget = budgetOf(100)) => new Mailbox<number>(3, budget, () => {})

it('keeps the order and ends after the queued items', async () => {
  const box = mailbox()
  box.push(1, 1)
  box.push(2, 1)
  box.end()
  expect(await Array.fromAsync(box)).toEqual([1, 2])
})

it('refuses an item beyond its number, or beyond the bytes of the budget that it shares', async () => {
  const budget = budgetOf(100)
  const [one, other] = [mailbox(budget), mailbox(budget)]
  expect([one.push(1, 1), one.push(2, 1), one.push(3, 1), one.push(4, 1)]).toEqual([true, true, true, false])
  expect([other.push(1, 98), other.push(1, 97)]).toEqual([false, true])
  one.drop()
  expect(other.push(2, 3)).toBe(true)
  for await (const _ of other) if (_ === 2) break
  expect(other.push(3, 100)).toBe(true)
})

it('hands out the queued items before the error that ended it', async () => {
  const box = mailbox()
  box.push(1, 1)
  box.end(new Error('first'))
  box.end(new Error('second'))
  const got: number[] = []
  await expect(
    (async () => {
      for await (const item of box) got.push(item)
    })(),
  ).rejects.toThrow('first')
  expect(got).toEqual([1])
})

it('wakes a waiting reader when it is dropped', async () => {
  const box = mailbox()
  const all = Array.fromAsync(box)
  await Promise.resolve()
  box.drop()
  expect(await all).toEqual([])
})

it('never hands out an item twice, out of order, or after refusing it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.nat(60), fc.constant('read' as const)), { maxLength: 60 }), async (steps) => {
      const box = mailbox()
      const reader = box[Symbol.asyncIterator]()
      const accepted: number[] = []
      const read: number[] = []
      let item = 0
      for (const step of steps) {
        if (step === 'read') {
          if (read.length < accepted.length) read.push((await reader.next()).value)
          continue
        }
        item += 1
        if (box.push(item, step)) accepted.push(item)
      }
      box.end()
      for await (const rest of { [Symbol.asyncIterator]: () => reader }) read.push(rest)
      expect(read).toEqual(accepted)
    }),
  )
})
