import { randomUUID } from 'node:crypto'

/** Header, and key of graphql-ws `extensions`, that carries the id of a request from the client to the last service. */
export const REQUEST_ID_HEADER = 'x-request-id'

const form = /^[A-Za-z0-9._-]{8,64}$/
/** Year, month, day (of a co-ordination number: plus 60) and four more digits, however they are separated. */
const identityNumber = /(\d\d)?\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[._-]*\d{4}/
const letter = /[A-Za-z]/

/**
 * The id that was offered, where it is one: 8 to 64 of `A-Z a-z 0-9 . _ -`, with a letter, and nothing in it that looks like a
 * personal identity number. Otherwise a new one: ids stand in logs, where nothing personal may. [A5]
 */
export const requestIdOf = (offered: unknown): string => (isRequestId(offered) ? offered : randomUUID())

/** An id that our own gateway passed on: only its form is looked at, so that it stays the same in every log. */
export const passedRequestId = (passed: unknown): string =>
  typeof passed === 'string' && form.test(passed) ? passed : randomUUID()

const isRequestId = (offered: unknown): offered is string =>
  typeof offered === 'string' && form.test(offered) && letter.test(offered) && !identityNumber.test(offered)
