import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Share, WaitingBytes } from './waiting.js'

/** Waiters that give back all bytes when they are relieved, and the list of those that were. */
function waiters(all: WaitingBytes, count: number): { shares: Share[]; relieved: number[] } {
  const relieved: number[] = []
  const shares: Share[] = []
  for (let index = 0; index < count; index++)
    shares.push(
      all.join({
        relieve: () => {
          relieved.push(index)
          shares[index]?.give(shares[index]?.bytes ?? 0)
        },
      }),
    )
  return { shares, relieved }
}

it('the socket that holds the most is relieved first, until the rest fits', () => {
  const { shares, relieved } = waiters(new WaitingBytes(100), 3)
  const [a, b, c] = shares as [Share, Share, Share]
  a.take(60)
  b.take(30)
  c.take(10)
  expect(relieved).toEqual([])
  c.take(5)
  expect(relieved).toEqual([0])
  expect([a.bytes, b.bytes, c.bytes]).toEqual([0, 30, 15])
})

it('a socket that frees nothing is no longer counted, so that the next one is not relieved for it', () => {
  const all = new WaitingBytes(100)
  const stuck = all.join({ relieve: () => {} })
  const { shares, relieved } = waiters(all, 1)
  stuck.take(90)
  shares[0]?.take(20)
  expect(relieved).toEqual([])
  stuck.give(90)
  shares[0]?.take(80)
  expect(relieved).toEqual([])
  shares[0]?.take(1)
  expect(relieved).toEqual([0])
})

it('never hold more than the budget, and never relieve a socket that holds less than another', () => {
  const step = fc.record({ who: fc.nat(4), bytes: fc.integer({ min: 1, max: 60 }), give: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { shares, relieved } = waiters(new WaitingBytes(100), 5)
      for (const { who, bytes, give } of steps) {
        const share = shares[who] as Share
        if (give) {
          share.give(Math.min(bytes, share.bytes))
          continue
        }
        const before = shares.map((each, index) => each.bytes + (index === who ? bytes : 0))
        relieved.length = 0
        share.take(bytes)
        const [first] = relieved
        if (first !== undefined) expect(before[first]).toBe(Math.max(...before))
        expect(shares.reduce((sum, each) => sum + each.bytes, 0)).toBeLessThanOrEqual(100)
      }
    }),
  )
})
