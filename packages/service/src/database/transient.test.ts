import { GraphError } from '@vardgraf/errors'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { isLostRace, isTransient } from './transient.js'

const coded = (code: string) => Object.assign(new Error('x'), { code })
const prisma = (code: string, cause: object) => Object.assign(new Error('x'), { code, meta: { driverAdapterError: { cause } } })

describe('what is over by itself', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['one over IPv6 and IPv4', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')], '')],
    ['a server that stops', coded('57P01')],
    ['a server that starts', coded('57P03')],
    ['too many connections', coded('53300')],
    ['a lock that was waited for too long', coded('55P03')],
    ['a statement that took too long', coded('57014')],
    ['a deadlock', coded('40P01')],
    ['a replica in the place of the primary', coded('25006')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a connection that Prisma lost', coded('P1017')],
    ['a transaction that Prisma lost', coded('P2028')],
    ['what Prisma wraps', prisma('P2039', { originalCode: '57P01', kind: 'postgres' })],
    ['what the adapter has another name for', prisma('P2010', { kind: 'DatabaseNotReachable' })],
    ['what graphql wraps', new GraphQLError('x', { originalError: coded('57P01') })],
    ['facts that nobody gives now', new GraphError('FACTS_UNAVAILABLE')],
  ])('%s', (_what, error) => {
    expect(isTransient(error)).toBe(true)
  })

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a unique key', coded('23505')],
    ['a table that is not there', coded('42P01')],
    ['a wrong password', coded('28P01')],
    ['a unique key under Prisma', prisma('P2002', { originalCode: '23505', kind: 'UniqueConstraintViolation' })],
    ['a refusal', new GraphError('FORBIDDEN')],
    ['access that ended', new GraphError('ACCESS_ENDED')],
    ['nothing', undefined],
  ])('and not: %s', (_what, error) => {
    expect(isTransient(error)).toBe(false)
  })

  it('a lost race can be tried again at once, a server that is away cannot', () => {
    expect([coded('40001'), coded('P2034'), prisma('P2010', { kind: 'TransactionWriteConflict' })].map(isLostRace)).toEqual([
      true,
      true,
      true,
    ])
    expect(isLostRace(coded('57P01'))).toBe(false)
  })
})
