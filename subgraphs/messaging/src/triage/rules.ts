import type { ErrorCode } from '@vardgraf/errors'
import { type Questionnaire, suitsAge } from '@vardgraf/forms'
import { openStatuses } from '../cases/rules.js'
import type { CaseStatus, EntryChannel } from '../generated/prisma/enums.js'
import { type Outcome, type Priority, priorities, type Rule } from '../questionnaires/outcome-rules/rule.js'

// Who gets worse answers anew, as long as the case is open: while she waits, and when staff have begun. [R31] [R32]
const answerable: readonly CaseStatus[] = openStatuses

/** Whether answers may be given to a case in this state, and assessed. A red flag is taken in any. */
export const mayAnswer = (status: CaseStatus): boolean => answerable.includes(status)

/** Answers that one case keeps at the most, given anew or taken back: a questionnaire has some twenty questions. */
export const MAX_ANSWERS_KEPT = 1_000

/** Whether a case that keeps `kept` answers has no room for so many new ones. [R30] */
export const isFull = (kept: number, fresh: number): boolean => fresh > 0 && kept + fresh > MAX_ANSWERS_KEPT

// Where triage leads; a youth clinic or child health care has its own ways in.
const unitKinds: readonly string[] = ['HEALTH_CENTRE', 'NURSE_LINE_1177']

/** Why triage cannot be started so, or null. `unitKind` is null for a unit that does not exist. [R26] [R29] [R30] */
export function startRefusal(start: {
  entryChannel: EntryChannel
  questionnaire: Questionnaire | null
  ageYears: number
  unitId: string | null
  unitKind: string | null
}): ErrorCode | null {
  // The phone queue identifies nobody: that way in begins with an SMS link, which is yet to be built. [R29]
  if (start.entryChannel === 'PHONE_KEYPAD') return 'ENTRY_CHANNEL_NOT_OPEN'
  if (!start.questionnaire) return 'QUESTIONNAIRE_UNKNOWN'
  if (!suitsAge(start.questionnaire, start.ageYears)) return 'QUESTIONNAIRE_NOT_FOR_AGE'
  if (start.unitId === null) return 'UNIT_NEEDED'
  return start.unitKind !== null && unitKinds.includes(start.unitKind) ? null : 'UNIT_WITHOUT_TRIAGE'
}

/** What a verdict means for the case: it ends here, or it waits. */
export type Disposition =
  | { kind: 'END'; outcome: 'SELF_CARE' | 'CALL_112' }
  | { kind: 'WAIT'; outcome: 'HEALTH_CENTRE' | 'NURSE_LINE_1177'; priority: Priority }

/** 112 and self-care end the case; the others wait with their priority. [R31] */
export function dispositionOf({ outcome, priority, id }: Pick<Rule, 'outcome' | 'priority' | 'id'>): Disposition {
  if (outcome === 'CALL_112' || outcome === 'SELF_CARE') return { kind: 'END', outcome }
  if (priority === null) throw new Error(`the rule ${id} leads to the waiting room without a priority`)
  return { kind: 'WAIT', outcome, priority }
}

/**
 * Whether a new verdict on a case that is past triage changes anything: 112 always; else only a higher priority, and nothing takes 112
 * back. Answers never cost a place, or nobody would dare to give them. [R31] [R32]
 */
export function raises(current: { outcome: Outcome | null; priority: Priority | null }, next: Disposition): boolean {
  if (next.kind === 'END') return next.outcome === 'CALL_112'
  if (current.outcome === 'CALL_112') return false
  return current.priority === null || priorities.indexOf(next.priority) < priorities.indexOf(current.priority)
}
