import { type Answers, type Item, isQuestion, type Questionnaire, type Value } from './questionnaire.js'

/** Sets of answers to try a condition with: first none, then some that together use every option and every bound. */
export function sampleAnswers(q: Questionnaire): Answers[] {
  const questions = q.flat.map(({ item }) => item).filter(isQuestion)
  const rounds = Math.max(0, ...questions.map((item) => samples(item).length))
  const at =
    (round: number) =>
    (item: Item): [string, readonly Value[]] => {
      const all = samples(item)
      return [item.linkId, all[round % all.length] ?? []]
    }
  return [new Map(), ...Array.from({ length: rounds }, (_, round) => new Map(questions.map(at(round))))]
}

function samples(item: Item): (readonly Value[])[] {
  switch (item.type) {
    case 'boolean':
      return [[true], [false]]
    case 'integer':
    case 'decimal':
      return [[item.min ?? 0], [item.max ?? 100]]
    case 'choice':
      return [
        ...item.options.map(({ code }) => [code]),
        ...(item.repeats ? [item.options.filter(({ exclusive }) => !exclusive).map(({ code }) => code)] : []),
      ]
    default:
      return [['text']]
  }
}
