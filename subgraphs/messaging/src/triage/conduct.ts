import type { ErrorCode } from '@vardgraf/errors'
import type { Policies } from '@vardgraf/policy'
import { endAtTriage, lockCase } from '../cases/store.js'
import type { Actor, Change } from '../change.js'
import type { CareCase } from '../generated/prisma/client.js'
import { enterWaitingRoom, reprioritise } from '../waiting-room/store.js'
import { type AnswerError, type Answers, evaluate, type Rule, type Situation, take } from './engine/index.js'
import type { QuestionnaireLibrary } from './library.js'
import { dispositionOf, mayAnswer, mayComplete, raises } from './rules.js'
import { appendAnswers, appendResult, type TriageState, triageStates } from './store.js'

/** What triage needs beside the transaction. */
export interface Conduct {
  library: QuestionnaireLibrary
  policies: Policies
  actor: Actor & { id: string }
  situation: Situation
}

/** The case after a step of triage. `rule` is the rule that decided it, also when it did so earlier. */
export interface Conducted {
  careCase: CareCase
  rule: Rule | null
  errors: AnswerError[]
  missing: string[]
  refusal: ErrorCode | null
}

/**
 * Takes answers to a case. A red flag ends it at once, whatever state of triage or waiting it is in. [R30] [R31]
 * Whoever comes second in a race waits for the row, and finds the case as the first has left it.
 */
export async function giveAnswers(change: Change, conduct: Conduct, caseId: string, given: Answers): Promise<Conducted> {
  const { careCase, state } = await lockTriage(change, conduct, caseId)
  if (!mayAnswer(careCase.status)) return over(careCase, state)
  const { errors, accepted, redFlag } = take(state.questionnaire, state.answers, given, conduct.situation)
  const seq = await appendAnswers(change, state, conduct.actor.id, accepted)
  if (!redFlag) return { ...undecided, careCase, errors }
  return { ...(await decide(change, conduct, careCase, { ...state, seq }, redFlag.rule)), errors }
}

/** Assesses the answers, and sends the case where they lead. Doing it again gives the same. [R31] */
export async function completeTriage(change: Change, conduct: Conduct, caseId: string): Promise<Conducted> {
  const { careCase, state } = await lockTriage(change, conduct, caseId)
  if (!mayComplete(careCase.status) || (careCase.status === 'WAITING' && state.result?.seq === state.seq))
    return over(careCase, state)
  const verdict = evaluate(state.questionnaire, state.answers, conduct.situation)
  if (verdict.kind === 'INCOMPLETE') return { ...undecided, careCase, missing: verdict.missing, refusal: 'TRIAGE_INCOMPLETE' }
  return decide(change, conduct, careCase, state, verdict.rule)
}

const undecided: Omit<Conducted, 'careCase'> = { rule: null, errors: [], missing: [], refusal: null }

/** @throws Error for a case that is gone or was never triaged: the resolver has found it before. */
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

/** The case does not take this step any more: a retry gets what was decided, anybody else is told that it is over. */
function over(careCase: CareCase, state: TriageState): Conducted {
  const rule = ruleOf(state)
  const settled = careCase.status === 'CLOSED_112' || careCase.status === 'CLOSED_SELF_CARE' || careCase.status === 'WAITING'
  return { ...undecided, careCase, rule, refusal: settled && rule ? null : 'TRIAGE_ENDED' }
}

/** Carries the verdict out and notes it; a verdict that would cost a waiting patient her place changes nothing. */
async function decide(
  change: Change,
  { policies, actor }: Conduct,
  careCase: CareCase,
  state: TriageState,
  rule: Rule,
): Promise<Conducted> {
  const disposition = dispositionOf(rule)
  const first = careCase.status === 'TRIAGING'
  if (!first && !raises(careCase, disposition)) return { ...undecided, careCase, rule: ruleOf(state) }
  await appendResult(change, careCase.id, state.seq, rule)
  return { ...undecided, careCase: await carryOut(), rule }

  function carryOut(): Promise<CareCase> {
    if (disposition.kind === 'END') return endAtTriage(change, careCase, actor, disposition.outcome, { ruleId: rule.id })
    return first
      ? enterWaitingRoom(change, policies, careCase, actor, disposition)
      : reprioritise(change, policies, careCase, actor, disposition)
  }
}

/** The rule that decided the last time, or null. */
const ruleOf = ({ questionnaire, result }: TriageState): Rule | null =>
  questionnaire.rules.find(({ id }) => id === result?.ruleId) ?? null
