import type { ErrorCode } from '@vardgraf/errors'
import { type Questionnaire, suitsAge } from '@vardgraf/forms'
import { openStatuses } from '../cases/rules.js'
import type { CaseStatus, EntryChannel } from '../generated/prisma/enums.js'
import { type Outcome, type Priority, priorities, type Rule } from '../questionnaires/outcome-rules/rule.js'

// A patient who gets worse can answer again as long as the case is open: while she waits, and after staff have begun. [R31] [R32]
const answerable: readonly CaseStatus[] = openStatuses

/** Whether answers are taken and assessed in this state. A red flag is taken in every state. */
export const mayAnswer = (status: CaseStatus): boolean => answerable.includes(status)

/** The most answers that one case stores, changed and taken back ones included. A questionnaire has about twenty questions. */
export const MAX_ANSWERS_KEPT = 1_000

/** Whether `fresh` new answers are too many for a case that stores `kept`. [R30] */
export const isFull = (kept: number, fresh: number): boolean => fresh > 0 && kept + fresh > MAX_ANSWERS_KEPT

// Triage leads to these kinds of unit. Youth clinics and child health care are reached in other ways.
const unitKinds: readonly string[] = ['HEALTH_CENTRE', 'NURSE_LINE_1177']

/** Why triage cannot be started with this input, or null. `unitKind` is null for a unit that does not exist. [R26] [R29] [R30] */
export function startRefusal(start: {
  entryChannel: EntryChannel
  questionnaire: Questionnaire | null
  ageYears: number
  unitId: string | null
  unitKind: string | null
}): ErrorCode | null {
  // The phone queue does not identify the caller. It needs an SMS link, which is not built yet. [R29]
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
 * Whether a new verdict changes a case that triage has decided before. 112 always does. Otherwise only a higher priority does, and not
 * after 112. An answer never loses the patient her place: otherwise she would hesitate to answer. [R31] [R32]
 */
export function raises(current: { outcome: Outcome | null; priority: Priority | null }, next: Disposition): boolean {
  if (next.kind === 'END') return next.outcome === 'CALL_112'
  if (current.outcome === 'CALL_112') return false
  return current.priority === null || priorities.indexOf(next.priority) < priorities.indexOf(current.priority)
}
