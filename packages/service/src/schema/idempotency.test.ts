import { expect, it } from 'vitest'
import { requireKey } from './idempotency.js'

it.each(['k', 'k'.repeat(64), 'nyckel Å 😀'])('takes the key %j as it is', (key) => {
  expect(requireKey(key)).toBe(key)
})

it.each([
  ['nothing', ''],
  ['65 characters', 'k'.repeat(65)],
  ['NUL', 'k\0'],
  ['half a surrogate pair', 'k\ud83d'],
])('refuses %s as a key', (_, key) => {
  expect(() => requireKey(key)).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', argument: 'idempotencyKey' }) }),
  )
})
