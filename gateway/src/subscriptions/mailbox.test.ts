import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Mailbox } from './mailbox.js'

const limits = { items: 3, bytes: 100 }

it('keeps the order and ends after what is queued', async () => {
  const box = new Mailbox<number>(limits)
  box.push(1, 1)
  box.push(2, 1)
  box.end()
  expect(await Array.fromAsync(box)).toEqual([1, 2])
})

it('refuses what does not fit, and never what is alone', () => {
  const box = new Mailbox<number>(limits)
  expect(box.push(1, 1_000)).toBe(true)
  expect(box.push(2, 1)).toBe(false)
})

it('hands out what is queued before the error that ended it', async () => {
  const box = new Mailbox<number>(limits)
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
  const box = new Mailbox<number>(limits)
  const all = Array.fromAsync(box)
  await Promise.resolve()
  box.drop()
  expect(await all).toEqual([])
})

it('never hands out an item twice, out of order, or after refusing it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.nat(60), fc.constant('read' as const)), { maxLength: 60 }), async (steps) => {
      const box = new Mailbox<number>(limits)
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
