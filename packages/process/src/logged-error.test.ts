import { describe, expect, it } from 'vitest'
import { loggedError } from './logged-error.js'

const secret = 'Hemlig'

describe('an error in the log', () => {
  it('[A5] has nothing of the row that PostgreSQL refused', () => {
    const error = Object.assign(new Error('new row for relation "person" violates check constraint "person_check"'), {
      name: 'error',
      code: '23514',
      table: 'person',
      constraint: 'person_check',
      detail: `Failing row contains (198112189876, ${secret}).`,
      where: secret,
    })
    const logged = loggedError(error)
    expect(logged).toMatchObject({ message: error.message, code: '23514', table: 'person', constraint: 'person_check' })
    expect(JSON.stringify(logged)).not.toContain(secret)
  })

  it.each([
    ['the value of a database error', new Error(`invalid input syntax for type uuid: "${secret}"`)],
    ['a piece of JSON', thrownBy(() => JSON.parse(`{"name": ${secret}}`))],
    ['the end of JSON', thrownBy(() => JSON.parse(`{"name": "${secret}", x`))],
    ['the arguments of a Prisma call', prisma(`\nInvalid call:\n{ givenName: "${secret}" }\n\nArgument \`in\`: Invalid value.`)],
    ['what the driver told Prisma', Object.assign(prisma('x'), { meta: { cause: { detail: secret } } })],
    ['its cause', new Error('outside', { cause: Object.assign(new Error('inside'), { detail: secret }) })],
    ['an address that is none', thrownBy(() => new URL(`postgres://u:${secret}@host:port/`))],
    ['the body of an answer', Object.assign(new Error('Response status code 400'), { body: { to: secret }, data: secret })],
  ])('[A5] has nothing of %s', (_what, error) => {
    expect(JSON.stringify(loggedError(error))).not.toContain(secret)
  })

  it('says where it was thrown, and what went wrong below', () => {
    const logged = loggedError(new AggregateError([new Error('connect ECONNREFUSED ::1:1')], ''))
    expect(logged.stack).toMatch(/^ {4}at /)
    expect(logged.causes?.[0]?.message).toBe('connect ECONNREFUSED ::1:1')
    expect(loggedError('thrown text')).toEqual({ type: 'string', message: 'something that is not an Error was thrown' })
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

function prisma(message: string): Error {
  return Object.assign(new Error(message), { name: 'PrismaClientValidationError' })
}
