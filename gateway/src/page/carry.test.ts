import { expect, it } from 'vitest'
import { carriedOn, filledIn } from './carry.js'

const days = { days: [{ at: [] }, { at: ['mon'] }, { at: ['tue'] }, { at: [] }] }

it.each([
  ['a field', ['start', 'case', 'id'], { start: { case: { id: '1' } } }, '1'],
  ['the first in a list that has a value', ['days', 'first', 'at', 'first'], days, 'mon'],
  ['the last', ['days', 'last', 'at', 'first'], days, 'tue'],
  ['nothing where an object is null', ['start', 'case', 'id'], { start: { case: null } }, 'before'],
  ['nothing of another answer', ['start', 'case', 'id'], days, 'before'],
  ['nothing where there is no answer', ['start'], null, 'before'],
])('carries on %s', (_, path, data, expected) => {
  expect(carriedOn({ it: 'before', other: 'kept' }, [{ name: 'it', path }], data)).toEqual({ it: expected, other: 'kept' })
})

it('fills in what is known, a new key each time, and tells what is missing', () => {
  let made = 0
  const fill = () => filledIn(['caseId', 'visitId', 'idempotencyKey'], { caseId: '1', unitId: '2' }, () => `key-${++made}`)
  expect(fill()).toEqual({ variables: { caseId: '1', visitId: '', idempotencyKey: 'key-1' }, missing: ['visitId'] })
  expect(fill().variables.idempotencyKey).toBe('key-2')
})
