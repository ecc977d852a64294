import type { Language } from '@vardgraf/errors'
import type { Text } from './questionnaire.js'
import { quantity } from './units.js'
import type { AnswerErrorCode } from './validate.js'

const texts = {
  UNKNOWN_QUESTION: { sv: 'Frågan finns inte.', en: 'There is no such question.' },
  NOT_ASKED: { sv: 'Frågan ställs inte med de svar som finns.', en: 'The question is not asked with these answers.' },
  WRONG_TYPE: { sv: 'Svaret har fel form.', en: 'The answer has the wrong form.' },
  NOT_AN_OPTION: { sv: 'Välj bland svaren som finns.', en: 'Choose among the answers there are.' },
  NOT_COMBINABLE: { sv: 'De svaren kan inte väljas tillsammans.', en: 'Those answers cannot be chosen together.' },
  ONLY_ONE_ANSWER: { sv: 'Välj ett svar.', en: 'Choose one answer.' },
  TOO_LOW: { sv: 'Värdet är för lågt: minst {limit}.', en: 'The value is too low: at least {limit}.' },
  TOO_HIGH: { sv: 'Värdet är för högt: högst {limit}.', en: 'The value is too high: at most {limit}.' },
  TOO_LONG: { sv: 'Texten är för lång: högst {limit}.', en: 'The text is too long: at most {limit}.' },
} as const satisfies Record<AnswerErrorCode, Text>

/** The text for a person whose answer is wrong. */
export function answerErrorText(code: AnswerErrorCode, limit: number | undefined, language: Language): string {
  const shown = limit === undefined ? '' : quantity(limit, code === 'TOO_LONG' ? '{character}' : null, language)
  return texts[code][language].replace('{limit}', shown)
}
