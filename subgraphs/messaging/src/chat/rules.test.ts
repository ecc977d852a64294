import { describe, expect, it } from 'vitest'
import { CaseStatus } from '../generated/prisma/enums.js'
import { isSendable, MAX_MESSAGE_CHARACTERS, statusAfterMessage, whyNotAnswer, whyNotSend } from './rules.js'

const statuses = Object.values(CaseStatus)

describe('a message', () => {
  it.each(['ANSWERED', 'AWAITING_PATIENT'] as const)('[R13, R34] can be sent while the case is %s', (status) => {
    expect(whyNotSend({ status })).toBeNull()
  })

  it.each(['WAITING', 'ASSIGNED'] as const)('[R34] cannot be sent before the care has answered: %s', (status) => {
    expect(whyNotSend({ status })).toBe('CHAT_NOT_OPEN')
  })

  it.each(statuses.filter((status) => !['WAITING', 'ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'].includes(status)))(
    '[R13] cannot be sent in a case that is not ongoing: %s',
    (status) => expect(whyNotSend({ status })).toBe('NO_ONGOING_CASE'),
  )

  it.each([
    ['', false],
    [' \n\t', false],
    ['\u200b\u2060', false],
    ['\u0007', false],
    ['.', true],
    [' å ', true],
    ['👶', true],
    ['a\u0000b', false],
    ['\ud800', false],
    ['x'.repeat(MAX_MESSAGE_CHARACTERS), true],
    ['x'.repeat(MAX_MESSAGE_CHARACTERS + 1), false],
  ])('%j can be sent: %s', (text, sendable) => {
    expect(isSendable(text)).toBe(sendable)
  })

  it('has its most characters as the graph says', () => expect(MAX_MESSAGE_CHARACTERS).toBe(8_000))

  it.each([
    ['STAFF', 'AWAITING_PATIENT'],
    ['PATIENT', 'ANSWERED'],
    ['GUARDIAN', 'ANSWERED'],
  ] as const)('[R13] of %s leaves the case %s', (author, status) => {
    expect(statusAfterMessage(author)).toBe(status)
  })
})

describe('an answer', () => {
  it('[R33] is given by whoever has claimed the case', () => {
    expect(whyNotAnswer({ status: 'ASSIGNED', assignedToId: 'anna' }, 'anna')).toBeNull()
  })

  it.each([
    ['a colleague', { status: 'ASSIGNED', assignedToId: 'anna' }, 'CASE_NOT_ASSIGNED'],
    ['anybody before it is claimed', { status: 'WAITING', assignedToId: null }, 'CASE_NOT_ASSIGNED'],
    ['its holder of a case that was given back', { status: 'WAITING', assignedToId: 'bo' }, 'CASE_NOT_ASSIGNED'],
    ['its holder a second time', { status: 'AWAITING_PATIENT', assignedToId: 'bo' }, 'CASE_NOT_ASSIGNED'],
    ['its holder after the end', { status: 'CLOSED', assignedToId: 'bo' }, 'NO_ONGOING_CASE'],
    ['anybody of a patient in triage', { status: 'TRIAGING', assignedToId: null }, 'NO_ONGOING_CASE'],
  ] as const)('[R33] is not given by %s', (_who, row, code) => {
    expect(whyNotAnswer(row, 'bo')).toBe(code)
  })
})
