export { answerErrorText } from './answer-errors.js'
export { canonical, compareVersions, parseCanonical } from './canonical.js'
export { type Condition, readCondition, thatHold } from './condition.js'
export { effectiveAnswers, missing } from './enabled.js'
export { next } from './next.js'
export { type Problems, QuestionnaireError } from './problems.js'
export {
  type Answers,
  type Item,
  type ItemType,
  isQuestion,
  type Questionnaire,
  suitsAge,
  type Text,
  type Value,
} from './questionnaire.js'
export { type Placed, readQuestionnaire } from './read.js'
export { readText } from './read-text.js'
export { merge, take } from './take.js'
export { locales, quantity, unitLabel } from './units.js'
export { type AnswerError, type AnswerErrorCode, answerErrorCodes } from './validate.js'
