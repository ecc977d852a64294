import { GraphError } from '@vardgraf/errors'
import { toRfc3339 } from '@vardgraf/time'
import { GraphQLScalarType, Kind } from 'graphql'

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const date = /^\d{4}-\d\d-\d\d$/

function parseInstant(value: unknown): Date {
  if (typeof value === 'string' && rfc3339.test(value)) {
    const instant = new Date(value)
    if (!Number.isNaN(instant.getTime()) && isCalendarDate(value.slice(0, 10))) return instant
  }
  throw new GraphError('BAD_USER_INPUT', { expected: 'an RFC 3339 instant with offset, such as 2026-11-22T08:00:00+01:00' })
}

function parseDate(value: unknown): string {
  if (typeof value === 'string' && date.test(value) && isCalendarDate(value)) return value
  throw new GraphError('BAD_USER_INPUT', { expected: 'a date, such as 2013-11-27' })
}

/** 30 February parses as 2 March in JavaScript; here it is refused. */
function isCalendarDate(value: string): boolean {
  const midnight = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value)
}

/** Instants: RFC 3339 with offset; answers are in Stockholm's. A `Date` in code. */
export const InstantScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant in RFC 3339 with offset, such as `2026-11-22T08:00:00+01:00`. Answers carry the offset of Europe/Stockholm.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => toRfc3339(value instanceof Date ? value : new Date(value as string)),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
})

/** Dates without a time, such as birthdays. A `YYYY-MM-DD` string in code. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar date, such as `2013-11-27`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  serialize: (value) => String(value).slice(0, 10),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : null),
})
