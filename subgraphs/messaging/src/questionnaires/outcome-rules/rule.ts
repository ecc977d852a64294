import type { Condition, Questionnaire, Text } from '@vardgraf/forms'

export const outcomes = ['SELF_CARE', 'HEALTH_CENTRE', 'NURSE_LINE_1177', 'CALL_112'] as const
/** What triage leads to. [R31] */
export type Outcome = (typeof outcomes)[number]

export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export type Priority = (typeof priorities)[number]

/** One outcome rule. A red flag ends triage at once. The default decides when no other rule holds. */
export interface Rule {
  id: string
  kind: 'RED_FLAG' | 'OUTCOME' | 'DEFAULT'
  /** Always true for the default. */
  condition: Condition
  outcome: Outcome
  /** Null for 112 and self-care, which never enter the waiting room. [R31] */
  priority: Priority | null
  reason: Text
  /** What the patient can do herself; never null for self-care. */
  advice: Text | null
}

/** A form whose answers lead to an outcome. */
export interface TriageQuestionnaire extends Questionnaire {
  rules: readonly Rule[]
}

/** What is known of the patient when a rule is evaluated: her age at that instant, by the calendar in Stockholm. [A6] */
export interface Situation {
  /** Null while it cannot be read: then no comparison with it holds. */
  ageYears: number | null
}
