import type { Answers, Questionnaire, Value } from './questionnaire.js'
import { type AnswerError, validate } from './validate.js'

export interface Taken {
  /** What is wrong with the answers just given. */
  errors: AnswerError[]
  /** Those of them to keep: all, or none where one is wrong, so that the client can correct and send again. */
  accepted: Answers
  /** The right answers, whether or not another is wrong; of a wrong answer to a choice, the options that it names. */
  understood: Answers
}

/** Takes answers that are given in addition to earlier ones. Only those given now are reported as wrong. */
export function take(q: Questionnaire, earlier: Answers, given: Answers): Taken {
  const errors = validate(q, given.size === 0 ? given : merge(earlier, given)).filter((error) => given.has(error.linkId))
  const faulty = new Set(errors.map((error) => error.linkId))
  const sound = new Map([...given].filter(([linkId]) => !faulty.has(linkId)))
  const named = new Map([...given].flatMap(([linkId, values]) => (faulty.has(linkId) ? optionsOf(q, linkId, values) : [])))
  return { errors, accepted: errors.length > 0 ? new Map() : sound, understood: merge(sound, named) }
}

/** The options that a faulty answer to a repeating choice names: each once, exclusive options left out; [] for any other question. */
function optionsOf(q: Questionnaire, linkId: string, values: readonly Value[]): [string, Value[]][] {
  const item = q.byLinkId.get(linkId)
  if (item?.type !== 'choice' || !item.repeats) return []
  const named = item.options.filter(({ code, exclusive }) => !exclusive && values.includes(code)).map(({ code }) => code)
  return named.length > 0 ? [[linkId, named]] : []
}

/** Later answers replace earlier ones to the same question. */
export function merge(earlier: Answers, later: Answers): Answers {
  return new Map([...earlier, ...later])
}
