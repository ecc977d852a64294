import type { Language } from '@vardgraf/errors'
import { locales, type Text } from '@vardgraf/forms'
import { STOCKHOLM } from '@vardgraf/time'
import type { Outcome } from '../questionnaires/outcome-rules/rule.js'

export const EMERGENCY_NUMBER = '112'

/** What the patient is told to do, by outcome; `{answer}` says who answers her, and from when. */
const instructions = {
  CALL_112: {
    sv: 'Ring 112 nu. Stanna hos den som är sjuk och gör som larmoperatören säger. Ärendet är avslutat här: du väntar inte på svar i chatten.',
    en: 'Call 112 now. Stay with the person who is ill and do as the operator says. The case has ended here: do not wait for an answer in the chat.',
  },
  HEALTH_CENTRE: {
    sv: '{answer} Du får ett sms när svaret finns. Ring 112 om det blir akut.',
    en: '{answer} You get an SMS when there is an answer. Call 112 in an emergency.',
  },
  NURSE_LINE_1177: {
    sv: '{answer} Du får ett sms när svaret finns. Ring 112 om det blir akut.',
    en: '{answer} You get an SMS when there is an answer. Call 112 in an emergency.',
  },
  SELF_CARE: {
    sv: 'Följ råden för egenvård. Starta ett nytt ärende eller ring 1177 om du blir sämre.',
    en: 'Follow the advice on self-care. Start a new case or call 1177 if you get worse.',
  },
} as const satisfies Record<Outcome, Text>

/** Who answers a case in the chat, and from when; null if they already do or have done. */
export interface Answering {
  by: 'UNIT' | 'NURSE_LINE_1177'
  opensAt: Date | null
}

const answers = {
  UNIT: {
    sv: ['Vårdcentralen svarar i chatten.', 'Vårdcentralen svarar i chatten när den öppnar, {opens}.'],
    en: ['The health centre answers in the chat.', 'The health centre answers in the chat when it opens, {opens}.'],
  },
  NURSE_LINE_1177: {
    sv: ['En sjuksköterska på 1177 svarar i chatten.', 'En sjuksköterska på 1177 svarar i chatten när 1177 öppnar, {opens}.'],
    en: ['A nurse at 1177 answers in the chat.', 'A nurse at 1177 answers in the chat when 1177 opens, {opens}.'],
  },
} as const satisfies Record<Answering['by'], Record<Language, readonly [now: string, later: string]>>

/** What the patient is told to do. It names who answers at that hour, which can differ from the name of the outcome. [R27, R31] */
export function instructionsFor(outcome: Outcome, { by, opensAt }: Answering, language: Language): string {
  const [now, later] = answers[by][language]
  const answer = opensAt === null ? now : later.replace('{opens}', dayAndTime(opensAt, language))
  return instructions[outcome][language].replace('{answer}', answer)
}

/** An instant as people say it, by the clock in Sweden: `måndag 23 november kl. 08:00`, `Monday 23 November at 08:00`. */
function dayAndTime(instant: Date, language: Language): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone: STOCKHOLM } as const
  const parts = new Map(
    new Intl.DateTimeFormat(locales[language], day).formatToParts(instant).map(({ type, value }) => [type, value]),
  )
  const time = instant.toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit', timeZone: STOCKHOLM })
  return `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')} ${language === 'sv' ? 'kl.' : 'at'} ${time}`
}

/**
 * The same after staff have begun with the case: it stays open, and they see her answers. They may be closed for the night, and she
 * cannot wait in another queue meanwhile, so she is told whom to call. [R31] [R32]
 */
export const instructionsOnceBegun: Record<Outcome, Text> = {
  ...instructions,
  CALL_112: {
    sv: 'Ring 112 nu. Stanna hos den som är sjuk och gör som larmoperatören säger. De som har ditt ärende får veta det genast, men vänta inte på svar i chatten.',
    en: 'Call 112 now. Stay with the person who is ill and do as the operator says. The staff who have your case are told at once, but do not wait for an answer in the chat.',
  },
  HEALTH_CENTRE: {
    sv: 'De som har ditt ärende ser vad du har svarat, och skriver i chatten när de har öppet. Ring 1177 om du inte kan vänta, och 112 om det blir akut.',
    en: 'The staff who have your case see what you have answered, and write in the chat when they are open. Call 1177 if you cannot wait, and 112 in an emergency.',
  },
  NURSE_LINE_1177: {
    sv: 'Ring 1177 om du inte får svar i chatten genast: en sjuksköterska svarar dygnet runt. De som har ditt ärende ser vad du har svarat. Ring 112 om det blir akut.',
    en: 'Call 1177 if there is no answer in the chat at once: a nurse answers day and night. The staff who have your case see what you have answered. Call 112 in an emergency.',
  },
}

/** When to call 112, for a patient who cannot start a case: a refusal must never delay a call to 112. [R31] */
export const whenToCall112: Text = {
  sv: 'Ring 112 genast om det är akut: svårt att andas, tryck eller smärta i bröstet som inte går över, plötslig svaghet eller talsvårigheter, medvetslöshet, eller något annat som kan vara fara för livet. Ring 1177 om du behöver råd och inte kan vänta.',
  en: 'Call 112 at once in an emergency: trouble breathing, pressure or pain in the chest that does not pass, sudden weakness or trouble speaking, unconsciousness, or anything else that may be a danger to life. Call 1177 if you need advice and cannot wait.',
}

/** The number to call, where the outcome is to call. */
export const phoneNumbers: Partial<Record<Outcome, string>> = { CALL_112: EMERGENCY_NUMBER }
export const phoneNumbersOnceBegun: Partial<Record<Outcome, string>> = { ...phoneNumbers, NURSE_LINE_1177: '1177' }
