import type { Language } from '@vardgraf/errors'
import type { AnswerErrorCode, Outcome, Text } from './engine/index.js'

export const EMERGENCY_NUMBER = '112'

/** What the patient is told to do, by outcome. */
export const instructions = {
  CALL_112: {
    sv: 'Ring 112 nu. Stanna hos den som är sjuk och gör som larmoperatören säger. Ärendet är avslutat här: du väntar inte på svar i chatten.',
    en: 'Call 112 now. Stay with the person who is ill and do as the operator says. The case has ended here: do not wait for an answer in the chat.',
  },
  HEALTH_CENTRE: {
    sv: 'Vårdcentralen svarar i chatten. Du får ett sms när svaret finns. Ring 112 om det blir akut.',
    en: 'The health centre answers in the chat. You get an SMS when there is an answer. Call 112 in an emergency.',
  },
  NURSE_LINE_1177: {
    sv: 'En sjuksköterska på 1177 svarar i chatten. Du får ett sms när svaret finns. Ring 112 om det blir akut.',
    en: 'A nurse at 1177 answers in the chat. You get an SMS when there is an answer. Call 112 in an emergency.',
  },
  SELF_CARE: {
    sv: 'Följ råden för egenvård. Starta ett nytt ärende eller ring 1177 om du blir sämre.',
    en: 'Follow the advice on self-care. Start a new case or call 1177 if you get worse.',
  },
} as const satisfies Record<Outcome, Text>

/**
 * The same where staff have begun with the case: it stays open, and they see what she answers. They may have closed for the night, and
 * she cannot wait in another queue meanwhile: so she is told whom to call. [R31] [R32]
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

/** When to call 112, for whoever cannot start a case: no refusal may stand between a patient and 112. [R31] */
export const whenToCall112: Text = {
  sv: 'Ring 112 genast om det är akut: svårt att andas, tryck eller smärta i bröstet som inte går över, plötslig svaghet eller talsvårigheter, medvetslöshet, eller något annat som kan vara fara för livet. Ring 1177 om du behöver råd och inte kan vänta.',
  en: 'Call 112 at once in an emergency: trouble breathing, pressure or pain in the chest that does not pass, sudden weakness or trouble speaking, unconsciousness, or anything else that may be a danger to life. Call 1177 if you need advice and cannot wait.',
}

/** The number to call, where the outcome is to call. */
export const phoneNumbers: Partial<Record<Outcome, string>> = { CALL_112: EMERGENCY_NUMBER }
export const phoneNumbersOnceBegun: Partial<Record<Outcome, string>> = { ...phoneNumbers, NURSE_LINE_1177: '1177' }

const answerErrors = {
  UNKNOWN_QUESTION: { sv: 'Frågan finns inte.', en: 'There is no such question.' },
  NOT_ASKED: { sv: 'Frågan ställs inte med de svar som finns.', en: 'The question is not asked with these answers.' },
  WRONG_TYPE: { sv: 'Svaret har fel form.', en: 'The answer has the wrong form.' },
  NOT_AN_OPTION: { sv: 'Välj bland svaren som finns.', en: 'Choose among the answers there are.' },
  NOT_COMBINABLE: { sv: 'De svaren kan inte väljas tillsammans.', en: 'Those answers cannot be chosen together.' },
  ONLY_ONE_ANSWER: { sv: 'Välj ett svar.', en: 'Choose one answer.' },
  TOO_LOW: { sv: 'Värdet är för lågt: minst {limit}.', en: 'The value is too low: at least {limit}.' },
  TOO_HIGH: { sv: 'Värdet är för högt: högst {limit}.', en: 'The value is too high: at most {limit}.' },
  TOO_LONG: { sv: 'Texten är för lång: högst {limit} tecken.', en: 'The text is too long: at most {limit} characters.' },
} as const satisfies Record<AnswerErrorCode, Text>

/** What to tell somebody about a wrong answer. */
export function answerErrorText(code: AnswerErrorCode, limit: number | undefined, language: Language): string {
  const shown = limit === undefined ? '' : limit.toLocaleString(language === 'sv' ? 'sv-SE' : 'en-GB')
  return answerErrors[code][language].replace('{limit}', shown)
}
