import { answered, enabledItems, missing } from './enabled.js'
import { type Answers, type Item, isQuestion, type Questionnaire } from './questionnaire.js'

export interface Progress {
  /** How many of the `asked` questions have an answer. */
  answered: number
  /** How many questions are asked with these answers; other answers can make it more or fewer. */
  asked: number
  /** Every required question that is asked has its answer. */
  complete: boolean
}

/** What to ask next: the questions that are asked and not answered, in order, and the progress. [R30] */
export function next(q: Questionnaire, answers: Answers): { items: Item[]; progress: Progress } {
  const enabled = enabledItems(q, answers)
  const asked = q.flat.map(({ item }) => item).filter((item) => isQuestion(item) && enabled.has(item.linkId))
  const items = asked.filter((item) => !answered(answers, item.linkId))
  return {
    items,
    progress: { answered: asked.length - items.length, asked: asked.length, complete: missing(q, answers).length === 0 },
  }
}
