import { type Profession as ProfessionCode, professions } from '@vardgraf/policy'
import { registerEnumType } from 'type-graphql'
import { type QuoteReason, quoteReasons } from './rules.js'

/** A list of codes as the object that type-graphql makes an enum of. */
const enumOf = <T extends string>(codes: readonly T[]): { [K in T]: K } =>
  Object.fromEntries(codes.map((code) => [code, code])) as { [K in T]: K }

export const FeeReason = enumOf<QuoteReason>(quoteReasons)
registerEnumType(FeeReason, {
  name: 'FeeReason',
  description: 'Why it costs what it costs.',
  valuesConfig: {
    ORDINARY: { description: 'The ordinary patient fee (patientavgift) of the fee table.' },
    FREE_VISIT: { description: 'This kind of visit is free of charge for everybody.' },
    FREE_BY_AGE: { description: 'The patient’s age on the day of the visit makes it free of charge.' },
    FREE_CHAT: { description: 'The chat is free of charge, also when it became a call. [R37]' },
  },
})

export const Currency = enumOf(['SEK'])
registerEnumType(Currency, {
  name: 'Currency',
  description: 'Currency of an amount (ISO 4217).',
  valuesConfig: { SEK: { description: 'Swedish krona; 100 öre.' } },
})

/** The same values as in visits, or the supergraph does not compose. */
export const Profession = enumOf<ProfessionCode>(professions)
registerEnumType(Profession, {
  name: 'Profession',
  description: 'Profession of who receives the patient; the fee depends on it.',
  valuesConfig: {
    DOCTOR: { description: 'Doctor (läkare).' },
    NURSE: { description: 'Nurse (sjuksköterska).' },
    PSYCHOLOGIST: { description: 'Psychologist (psykolog).' },
    PHYSIOTHERAPIST: { description: 'Physiotherapist (fysioterapeut).' },
    OTHER: { description: 'Another profession.' },
  },
})
