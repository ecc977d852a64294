import { buildSchema, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { UnconditionalSubscriptionRootRule } from './subscription-root.js'

const schema = buildSchema(`
  directive @defer(if: Boolean, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
  type Query { ok: Boolean }
  type Subscription { message: Message }
  type Message { text: String }
`)
const errorsOf = (query: string): string[] =>
  validate(schema, parse(query), [UnconditionalSubscriptionRootRule]).map((e) => e.message)

it.each([
  ['@skip on the field', 'subscription ($s: Boolean!) { message @skip(if: $s) { text } }', 'skip'],
  ['@include on the field', 'subscription ($s: Boolean!) { message @include(if: $s) { text } }', 'include'],
  ['@include on an inline fragment', 'subscription { ... @include(if: true) { message { text } } }', 'include'],
  ['@defer on an inline fragment', 'subscription { ... @defer { message { text } } }', 'defer'],
  ['@skip on a spread', 'subscription { ...F @skip(if: false) } fragment F on Subscription { message { text } }', 'skip'],
  ['@skip inside a fragment', 'subscription { ...F } fragment F on Subscription { message @skip(if: false) { text } }', 'skip'],
])('refuses %s', (_, query, name) => {
  expect(errorsOf(query)).toEqual([`The root field of a subscription cannot have @${name}.`])
})

it('accepts directives below the root field, and on queries', () => {
  expect(errorsOf('subscription ($s: Boolean!) { message { text @skip(if: $s) } }')).toEqual([])
  expect(errorsOf('query ($s: Boolean!) { ok @skip(if: $s) }')).toEqual([])
})

it('ends on fragments that spread each other', () => {
  expect(errorsOf('subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription { ...A }')).toEqual([])
})
