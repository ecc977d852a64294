import type { Language } from '@vardgraf/errors'
import type { VisitTypeCode } from '../generated/prisma/enums.js'

/** What a kind of visit is called, for people. */
const visitTypeNames = {
  NEW_PROBLEM: { sv: 'Nybesök', en: 'New visit' },
  FOLLOW_UP: { sv: 'Återbesök', en: 'Follow-up visit' },
  SAMPLING: { sv: 'Provtagning', en: 'Sampling' },
  CONVERSATION: { sv: 'Samtal', en: 'Counselling' },
  VACCINATION: { sv: 'Vaccination', en: 'Vaccination' },
  SPECIALIST: { sv: 'Specialistbesök', en: 'Specialist visit' },
} as const satisfies Record<VisitTypeCode, Record<Language, string>>

/** A kind of visit as the graph shows it. */
export const visitTypeOf = ({ visitTypeCode }: { visitTypeCode: VisitTypeCode }, language: Language) => ({
  code: visitTypeCode,
  name: visitTypeNames[visitTypeCode][language],
})
