import { describe, expect, it } from 'vitest'
import type { EntryChannel } from '../generated/prisma/enums.js'
import type { TriageQuestionnaire } from '../questionnaires/outcome-rules/rule.js'
import { dispositionOf, isFull, MAX_ANSWERS_KEPT, mayAnswer, raises, startRefusal } from './rules.js'

const forAdults = { age: { from: 13, to: null } } as TriageQuestionnaire
const start = {
  entryChannel: 'APP' as EntryChannel,
  questionnaire: forAdults,
  ageYears: 40,
  unitId: 'unit',
  unitKind: 'HEALTH_CENTRE',
}

describe('starting', () => {
  it.each<[string, Partial<Parameters<typeof startRefusal>[0]>, string | null]>([
    ['from the start page', { entryChannel: 'START_PAGE' }, null],
    ['from a contact card', { entryChannel: 'CONTACT_CARD' }, null],
    ['from the app', {}, null],
    ['by a key press in the phone queue', { entryChannel: 'PHONE_KEYPAD' }, 'ENTRY_CHANNEL_NOT_OPEN'],
  ])('[R29] %s', (_way, change, refusal) => {
    expect(startRefusal({ ...start, ...change })).toBe(refusal)
  })

  it.each<[string, Partial<Parameters<typeof startRefusal>[0]>, string | null]>([
    ['without a questionnaire', { questionnaire: null }, 'QUESTIONNAIRE_UNKNOWN'],
    ['at 12 with questions for those from 13', { ageYears: 12 }, 'QUESTIONNAIRE_NOT_FOR_AGE'],
    ['at 13 with questions for those from 13', { ageYears: 13 }, null],
  ])('[R30] %s', (_what, change, refusal) => {
    expect(startRefusal({ ...start, ...change })).toBe(refusal)
  })

  it.each<[string, Partial<Parameters<typeof startRefusal>[0]>, string | null]>([
    ['listed nowhere and no unit chosen', { unitId: null, unitKind: null }, 'UNIT_NEEDED'],
    ['at a unit that does not exist', { unitKind: null }, 'UNIT_WITHOUT_TRIAGE'],
    ['at a youth clinic, which has its own way in', { unitKind: 'YOUTH_CLINIC' }, 'UNIT_WITHOUT_TRIAGE'],
    ['at 1177', { unitKind: 'NURSE_LINE_1177' }, null],
  ])('[R26] %s', (_where, change, refusal) => {
    expect(startRefusal({ ...start, ...change })).toBe(refusal)
  })
})

describe('where an outcome leads', () => {
  it.each([
    ['CALL_112', null, { kind: 'END', outcome: 'CALL_112' }],
    ['SELF_CARE', null, { kind: 'END', outcome: 'SELF_CARE' }],
    ['HEALTH_CENTRE', 'P3', { kind: 'WAIT', outcome: 'HEALTH_CENTRE', priority: 'P3' }],
    ['NURSE_LINE_1177', 'P1', { kind: 'WAIT', outcome: 'NURSE_LINE_1177', priority: 'P1' }],
  ] as const)('[R31] %s %s', (outcome, priority, disposition) => {
    expect(dispositionOf({ id: 'rule', outcome, priority })).toEqual(disposition)
  })

  it('[R31] nobody waits without a priority', () => {
    expect(() => dispositionOf({ id: 'rule', outcome: 'HEALTH_CENTRE', priority: null })).toThrow('without a priority')
  })
})

describe('answering again', () => {
  it.each([
    ['TRIAGING', true],
    ['WAITING', true],
    ['ASSIGNED', true],
    ['ANSWERED', true],
    ['AWAITING_PATIENT', true],
    ['CLOSED', false],
    ['CLOSED_112', false],
    ['CLOSED_SELF_CARE', false],
    ['CLOSED_REFERRED', false],
    ['ABANDONED', false],
  ] as const)('[R31] in %s answers are taken and assessed: %s', (status, answers) => {
    expect(mayAnswer(status)).toBe(answers)
  })

  it.each([
    [MAX_ANSWERS_KEPT - 1, 1, false],
    [MAX_ANSWERS_KEPT, 1, true],
    [MAX_ANSWERS_KEPT - 99, 100, true],
    [MAX_ANSWERS_KEPT, 0, false],
  ])('[R30] with %i answers kept, %i new ones are too many: %s', (kept, fresh, full) => {
    expect(isFull(kept, fresh)).toBe(full)
  })

  const waiting = { outcome: 'HEALTH_CENTRE', priority: 'P3' } as const
  it.each([
    ['112 ends the wait', { kind: 'END', outcome: 'CALL_112' }, true],
    ['self-care does not cost a place', { kind: 'END', outcome: 'SELF_CARE' }, false],
    ['a higher priority moves up', { kind: 'WAIT', outcome: 'NURSE_LINE_1177', priority: 'P2' }, true],
    ['the same priority stands', { kind: 'WAIT', outcome: 'NURSE_LINE_1177', priority: 'P3' }, false],
    ['a lower priority does not count', { kind: 'WAIT', outcome: 'HEALTH_CENTRE', priority: 'P4' }, false],
  ] as const)('[R32] while waiting: %s', (_what, next, moves) => {
    expect(raises(waiting, next)).toBe(moves)
    // Nothing takes 112 back.
    expect(raises({ outcome: 'CALL_112', priority: 'P1' }, next)).toBe(next.kind === 'END' && next.outcome === 'CALL_112')
  })
})
