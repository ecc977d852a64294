import type { Condition, Questionnaire, Text } from '@vardgraf/forms'

export const outcomes = ['SELF_CARE', 'HEALTH_CENTRE', 'NURSE_LINE_1177', 'CALL_112'] as const
/** Where triage sends the patient. [R31] */
export type Outcome = (typeof outcomes)[number]

export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export type Priority = (typeof priorities)[number]

/** One outcome rule. A red flag ends triage at once; the default holds when no other rule does. */
export interface Rule {
  id: string
  kind: 'RED_FLAG' | 'OUTCOME' | 'DEFAULT'
  /** Always true for the default. */
  condition: Condition
  outcome: Outcome
  /** Only where the patient goes on to the waiting room: a 112 or self-care outcome has no place in any queue. [R31] */
  priority: Priority | null
  reason: Text
  /** What she can do herself meanwhile; always there for self-care. */
  advice: Text | null
}

/** A form whose answers lead to an outcome. */
export interface TriageQuestionnaire extends Questionnaire {
  rules: readonly Rule[]
}

/** What is known of the patient when a rule is evaluated: age at that instant, by Stockholm's calendar. [A6] */
export interface Situation {
  /** Null while it cannot be asked for: then no comparison with it holds. */
  ageYears: number | null
}
