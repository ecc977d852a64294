import { answered, enabledItems, missing } from './enabled.js'
import { type Answers, type Item, isQuestion, type Questionnaire } from './questionnaire.js'

export interface Progress {
  /** Questions answered, of those asked so far. */
  answered: number
  /** Questions asked as things stand; grows and shrinks with the answers. */
  asked: number
  /** Every required question that is asked has its answer. */
  complete: boolean
}

/** What to ask next: the questions that are asked and not answered, in order, and how far she has come. [R30] */
export function next(q: Questionnaire, answers: Answers): { items: Item[]; progress: Progress } {
  const enabled = enabledItems(q, answers)
  const asked = q.flat.map(({ item }) => item).filter((item) => isQuestion(item) && enabled.has(item.linkId))
  const items = asked.filter((item) => !answered(answers, item.linkId))
  return {
    items,
    progress: { answered: asked.length - items.length, asked: asked.length, complete: missing(q, answers).length === 0 },
  }
}
