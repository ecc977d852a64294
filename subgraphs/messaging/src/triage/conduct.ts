import type { ErrorCode } from '@vardgraf/errors'
import { type AnswerError, type Answers, merge } from '@vardgraf/forms'
import type { Policies } from '@vardgraf/policy'
import { endsAt112 } from '../cases/rules.js'
import { endAtTriage, lockCase } from '../cases/store.js'
import type { Actor, Change } from '../change.js'
import type { CareCase } from '../generated/prisma/client.js'
import type { QuestionnaireLibrary } from '../questionnaires/library.js'
import { evaluate } from '../questionnaires/outcome-rules/evaluate.js'
import type { Rule, Situation } from '../questionnaires/outcome-rules/rule.js'
import { takeAnswers } from '../questionnaires/outcome-rules/take.js'
import { enterWaitingRoom, reprioritise } from '../waiting-room/store.js'
import { type Disposition, dispositionOf, isFull, mayAnswer, raises } from './rules.js'
import { appendAnswers, appendResult, freshOf, ruleOf, type TriageState, triageStates } from './store.js'
import { raiseRedFlag, worsen } from './worsening.js'

/** What triage needs besides the transaction. */
export interface Conduct {
  library: QuestionnaireLibrary
  policies: Policies
  actor: Actor & { id: string }
  situation: Situation
  /** Why the patient's age cannot be read now, or null. Then red flags are evaluated all the same, and nothing else is. [R31] */
  away: unknown
}

/** The case after a step of triage. `rule` is the rule that decided it, in this step or an earlier one, at `decidedAt`. */
export interface Conducted {
  careCase: CareCase
  rule: Rule | null
  decidedAt: Date | null
  errors: AnswerError[]
  missing: string[]
  refusal: ErrorCode | null
}

/**
 * Takes answers to a case. A red flag is never lost: in every state of the case it is stored, and the patient is told 112. Other answers
 * are taken until the case has ended, and then refused. [R30] [R31]
 * Of two steps at the same time the second waits for the row, and sees the case as the first has left it.
 * @throws `conduct.away` when the patient's age cannot be read and there is no red flag.
 */
export async function giveAnswers(change: Change, conduct: Conduct, caseId: string, given: Answers): Promise<Conducted> {
  const { careCase, state } = await lockTriage(change, conduct, caseId)
  const { questionnaire, answers } = state
  const told = toldRule(state)
  const { errors, accepted, redFlag } = takeAnswers(questionnaire, answers, given, conduct.situation, told !== null)
  const fresh = freshOf(state, accepted)
  const isOver = !mayAnswer(careCase.status)
  const alarm = redFlag ?? (isOver && !told && fresh.size > 0 ? lateAlarm(state, fresh, conduct.situation) : null)
  if (conduct.away && !alarm) throw conduct.away
  const tooMany = isFull(state.seq, fresh.size)
  // A patient who has not been told 112 is told, also above the limit of answers.
  if (alarm && !(told && tooMany)) {
    const seq = await appendAnswers(change, state, conduct.actor.id, fresh)
    return { ...(await decide(change, conduct, careCase, { ...state, seq }, alarm)), errors }
  }
  if (isOver) return { ...over(careCase, state, errors.length === 0 && fresh.size === 0), errors }
  if (tooMany) return { ...undecided, careCase, ...toldOf(state), errors, refusal: 'TOO_MANY_ANSWERS' }
  await appendAnswers(change, state, conduct.actor.id, fresh)
  return { ...undecided, careCase, ...toldOf(state), errors }
}

/** Assesses the answers and carries out the outcome. A repeated call gives the same. [R31] */
export async function completeTriage(change: Change, conduct: Conduct, caseId: string): Promise<Conducted> {
  const { careCase, state } = await lockTriage(change, conduct, caseId)
  if (!mayAnswer(careCase.status)) return over(careCase, state, true)
  if (state.result?.seq === state.seq) return { ...undecided, careCase, ...decidedOf(state) }
  const told = toldRule(state)
  if (conduct.away && told) return { ...undecided, careCase, ...toldOf(state) }
  if (conduct.away) throw conduct.away
  const verdict = evaluate(state.questionnaire, state.answers, conduct.situation)
  if (verdict.kind === 'INCOMPLETE')
    return { ...undecided, careCase, ...toldOf(state), missing: verdict.missing, refusal: 'TRIAGE_INCOMPLETE' }
  // The answer that raised the red flag has already told her 112.
  if (told && verdict.kind === 'RED_FLAG') return { ...undecided, careCase, ...toldOf(state) }
  return decide(change, conduct, careCase, state, verdict.rule)
}

const undecided: Omit<Conducted, 'careCase'> = { rule: null, decidedAt: null, errors: [], missing: [], refusal: null }

/** @throws Error for a case that is gone or never had triage. The resolver has found it before, so this is a fault in the program. */
async function lockTriage(
  change: Change,
  { library }: Conduct,
  caseId: string,
): Promise<{ careCase: CareCase; state: TriageState }> {
  const careCase = await lockCase(change, caseId)
  const [state] = await triageStates(change.tx, library, [caseId])
  if (!careCase || !state) throw new Error('the case has no triage')
  return { careCase, state }
}

/** The rule by which the patient has been told 112, or null. Every later step tells her again. [R31] */
const toldRule = (state: TriageState): Rule | null => (state.result?.outcome === 'CALL_112' ? ruleOf(state) : null)

type Decision = Pick<Conducted, 'rule' | 'decidedAt'>

/** The latest decision of triage. */
const decidedOf = (state: TriageState): Decision => ({ rule: ruleOf(state), decidedAt: state.result?.endedAt ?? null })

/** The latest decision if it was 112, else nothing. */
const toldOf = (state: TriageState): Decision => (toldRule(state) ? decidedOf(state) : { rule: null, decidedAt: null })

/** A case that has ended is not assessed again. So a rule that would lead to 112 at an assessment counts as a red flag here. [R31] */
function lateAlarm({ questionnaire, answers }: TriageState, fresh: Answers, situation: Situation): Rule | null {
  const verdict = evaluate(questionnaire, merge(answers, fresh), situation)
  return verdict.kind === 'OUTCOME' && verdict.rule.outcome === 'CALL_112' ? verdict.rule : null
}

/** The case has ended. A repeated step (`again`) gets the decision, if triage made it; any other step is refused. */
function over(careCase: CareCase, state: TriageState, again: boolean): Conducted {
  const settled = careCase.status === 'CLOSED_112' || careCase.status === 'CLOSED_SELF_CARE'
  if (settled && again) return { ...undecided, careCase, ...decidedOf(state) }
  return { ...undecided, careCase, ...toldOf(state), refusal: 'TRIAGE_ENDED' }
}

/** Stores the verdict and carries it out. A verdict that would lose the patient her place, or take 112 back, changes nothing. */
async function decide(change: Change, conduct: Conduct, careCase: CareCase, state: TriageState, rule: Rule): Promise<Conducted> {
  const disposition = dispositionOf(rule)
  const first = careCase.status === 'TRIAGING'
  if (!first && !raises(careCase, disposition)) return { ...undecided, careCase, ...decidedOf(state) }
  await appendResult(change, careCase.id, state.seq, rule)
  return { ...undecided, careCase: await carryOut(change, conduct, careCase, disposition, rule), rule, decidedAt: change.now }
}

async function carryOut(
  change: Change,
  { policies, actor }: Conduct,
  careCase: CareCase,
  disposition: Disposition,
  { id: ruleId }: Rule,
): Promise<CareCase> {
  if (disposition.kind === 'END') {
    if (careCase.status === 'TRIAGING' || endsAt112(careCase))
      return endAtTriage(change, careCase, actor, disposition.outcome, { ruleId })
    // The case ended at 112 before: nothing is left to do.
    return careCase.status === 'CLOSED_112' ? careCase : raiseRedFlag(change, policies, careCase, actor, ruleId)
  }
  if (careCase.status === 'TRIAGING') return enterWaitingRoom(change, policies, careCase, actor, disposition)
  if (careCase.status === 'WAITING') return reprioritise(change, policies, careCase, actor, disposition)
  return worsen(change, policies, careCase, actor, disposition)
}
