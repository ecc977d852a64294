import { expect, it } from 'vitest'
import { codes, type ErrorCode, entryOf } from './codes.js'

/** Nothing that the reader can do would change these. */
const lockedForGood: readonly ErrorCode[] = ['FORBIDDEN', 'NOT_FOUND', 'ACCESS_ENDED']

const all = Object.keys(codes) as ErrorCode[]

it.each(all.filter((code) => entryOf(code).rule && !lockedForGood.includes(code)))(
  '[A7] %s, which a rule refuses, says what would unlock it, in both languages',
  (code) => {
    const { unlock } = entryOf(code)
    expect([unlock?.sv, unlock?.en]).toEqual([expect.stringMatching(/.\.$/), expect.stringMatching(/.\.$/)])
  },
)

it('[A7] a key that is used again for something else is refused by a rule', () => {
  expect(entryOf('IDEMPOTENCY_KEY_REUSED').rule).toBe('A7')
})
