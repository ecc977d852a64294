export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export type Priority = (typeof priorities)[number]

export const unitKinds = ['HEALTH_CENTRE', 'NURSE_LINE_1177', 'YOUTH_CLINIC', 'CHILD_HEALTH'] as const
export type UnitKind = (typeof unitKinds)[number]

export const visitChannels = ['APP', 'WEB', 'PHYSICAL', 'PHONE'] as const
export type VisitChannel = (typeof visitChannels)[number]

/** Who receives the patient; the codes of `Visit.profession`. */
export const professions = ['DOCTOR', 'NURSE', 'PSYCHOLOGIST', 'PHYSIOTHERAPIST', 'OTHER'] as const
export type Profession = (typeof professions)[number]

/** Kinds of visit; the codes of `Visit.visitType`. */
export const visitTypes = ['NEW_PROBLEM', 'FOLLOW_UP', 'SAMPLING', 'CONVERSATION', 'VACCINATION', 'SPECIALIST'] as const
export type VisitTypeCode = (typeof visitTypes)[number]

export const guestPolicies = ['NOT_ALLOWED', 'BY_PATIENT', 'BY_CLINIC'] as const
export type GuestPolicy = (typeof guestPolicies)[number]

export const vaccines = ['COVID_19', 'INFLUENZA', 'TBE', 'PNEUMOCOCCUS'] as const
export type Vaccine = (typeof vaccines)[number]

export const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const
export type Weekday = (typeof weekdays)[number]

/** The texts that people read, each in Swedish and English with the same placeholders. */
export const textKeys = [
  'SMS_CASE_ANSWERED',
  'SMS_VISIT_BOOKED',
  'SMS_VISIT_MORNING_OF',
  'SMS_VISIT_IN_15_MINUTES',
  'SMS_VISIT_STARTED',
  'SELF_CARE_INTRO',
  'CALL_112',
  'CONTACT_HEALTH_CENTRE',
  'CONTACT_NURSE_LINE',
  'REDIRECT_NO_ONGOING_CASE',
  'CHAT_IS_FREE',
  'FEE_ORDINARY',
  'FEE_FREE_VISIT',
  'FEE_FREE_BY_AGE',
] as const
export type TextKey = (typeof textKeys)[number]
