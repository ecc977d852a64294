import type { Language } from '@vardgraf/errors'
import type { AnswerErrorCode, Outcome, Text } from './engine/index.js'

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

/** The number to call, where the outcome is to call. */
export const phoneNumbers: Partial<Record<Outcome, string>> = { CALL_112: '112' }

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
