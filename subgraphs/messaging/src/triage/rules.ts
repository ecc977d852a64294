import type { ErrorCode } from '@vardgraf/errors'
import type { CaseStatus, EntryChannel } from '../generated/prisma/enums.js'
import { type Outcome, type Priority, priorities, type Questionnaire, type Rule, suitsAge } from './engine/index.js'

// A patient who gets worse while she waits answers anew: a red flag ends the wait at once, also when staff have begun. [R31] [R32]
const answerable: readonly CaseStatus[] = ['TRIAGING', 'WAITING', 'ASSIGNED']
const completable: readonly CaseStatus[] = ['TRIAGING', 'WAITING']

/** Whether answers may be given to a case in this state. */
export const mayAnswer = (status: CaseStatus): boolean => answerable.includes(status)
/** Whether the answers of a case in this state may be assessed. */
export const mayComplete = (status: CaseStatus): boolean => completable.includes(status)

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
 * Whether a new verdict on a waiting case changes its place: 112 always; else only a higher priority. Answers given while waiting
 * never cost a place, or nobody would dare to give them. [R32]
 */
export function raises(current: { outcome: Outcome | null; priority: Priority | null }, next: Disposition): boolean {
  if (next.kind === 'END') return next.outcome === 'CALL_112'
  return current.priority === null || priorities.indexOf(next.priority) < priorities.indexOf(current.priority)
}
