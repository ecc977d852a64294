import type { Answers, Value } from '@vardgraf/forms'
import type { Change } from '../change.js'
import type { Db, Tx } from '../database.js'
import type { Loaded, QuestionnaireLibrary } from '../questionnaires/library.js'
import type { Outcome, Rule, TriageQuestionnaire } from '../questionnaires/outcome-rules/rule.js'

/** The latest answer of one question. */
export interface LatestAnswer {
  caseId: string
  seq: number
  linkId: string
  values: Value[]
  answeredAt: Date
}

/** The latest result of triage, on the answers up to `seq`. */
export interface LatestResult {
  caseId: string
  seq: number
  ruleId: string
  outcome: Outcome
  endedAt: Date
}

/** The triage of one case as stored, with the version it began with. */
export interface TriageState {
  caseId: string
  questionnaire: TriageQuestionnaire
  startedAt: Date
  /** The latest answer of each question, with when it was given. */
  latest: ReadonlyMap<string, LatestAnswer>
  answers: Answers
  /** Number of the last answer; 0 before the first. */
  seq: number
  /** The latest result; null before the first. */
  result: LatestResult | null
}

/** Stores which version of a questionnaire a new case uses, and the version's content at its first use. [R30] */
export async function startSession(
  { tx, now }: Change,
  caseId: string,
  { questionnaire, content, sha256 }: Loaded,
): Promise<void> {
  const { url, version } = questionnaire
  await tx.questionnaireVersion.createMany({ data: [{ url, version, sha256, content, firstUsedAt: now }], skipDuplicates: true })
  await tx.triageSession.createMany({
    data: [{ caseId, questionnaireUrl: url, questionnaireVersion: version, startedAt: now }],
    // A retry of the start finds the session already stored.
    skipDuplicates: true,
  })
}

/** The triage of each case, in the order given; null for a case without. Of each question only the latest answer is read. */
export async function triageStates(
  db: Db | Tx,
  library: QuestionnaireLibrary,
  caseIds: readonly string[],
): Promise<(TriageState | null)[]> {
  const sessions = await db.triageSession.findMany({ where: { caseId: { in: [...caseIds] } } })
  const answers = Map.groupBy(await latestAnswers(db, caseIds), ({ caseId }) => caseId)
  const results = new Map((await latestResults(db, caseIds)).map((result) => [result.caseId, result]))
  const states = await Promise.all(
    sessions.map(async ({ caseId, questionnaireUrl, questionnaireVersion, startedAt }): Promise<TriageState> => {
      const questionnaire = await library.find(db, questionnaireUrl, questionnaireVersion)
      if (!questionnaire) throw new Error(`${questionnaireUrl}|${questionnaireVersion} is gone, though a case refers to it`)
      const latest = new Map(answers.get(caseId)?.map((answer) => [answer.linkId, answer]))
      return {
        caseId,
        questionnaire,
        startedAt,
        latest,
        answers: new Map([...latest].map(([linkId, { values }]) => [linkId, values])),
        // The case's last answer is also the latest to its question, so it is among these.
        seq: Math.max(0, ...[...latest.values()].map(({ seq }) => seq)),
        result: results.get(caseId) ?? null,
      }
    }),
  )
  const byCase = new Map(states.map((state) => [state.caseId, state]))
  return caseIds.map((id) => byCase.get(id) ?? null)
}

function latestAnswers(db: Db | Tx, caseIds: readonly string[]): Promise<LatestAnswer[]> {
  return db.$queryRaw<LatestAnswer[]>`
    SELECT DISTINCT ON (case_id, link_id) case_id AS "caseId", seq, link_id AS "linkId", values, answered_at AS "answeredAt"
    FROM messaging.triage_answer WHERE case_id = ANY(${[...caseIds]}::uuid[]) ORDER BY case_id, link_id, seq DESC`
}

function latestResults(db: Db | Tx, caseIds: readonly string[]): Promise<LatestResult[]> {
  return db.$queryRaw<LatestResult[]>`
    SELECT DISTINCT ON (case_id) case_id AS "caseId", seq, rule_id AS "ruleId", outcome::text, ended_at AS "endedAt"
    FROM messaging.triage_result WHERE case_id = ANY(${[...caseIds]}::uuid[]) ORDER BY case_id, seq DESC, ended_at DESC`
}

/** The rule of the latest result, or null. */
export const ruleOf = ({ questionnaire, result }: TriageState): Rule | null =>
  questionnaire.rules.find(({ id }) => id === result?.ruleId) ?? null

/** Those of the answers that differ from what is stored. */
export function freshOf({ answers }: TriageState, accepted: Answers): Answers {
  return new Map([...accepted].filter(([linkId, values]) => JSON.stringify(values) !== JSON.stringify(answers.get(linkId) ?? [])))
}

/** Appends answers and returns the number of the last. The caller has locked the case. */
export async function appendAnswers(
  { tx, now }: Change,
  state: TriageState,
  answeredById: string,
  fresh: Answers,
): Promise<number> {
  const rows = [...fresh].map(([linkId, values], index) => ({
    caseId: state.caseId,
    seq: state.seq + index + 1,
    linkId,
    values: [...values],
    answeredAt: now,
    answeredById,
  }))
  if (rows.length > 0) await tx.triageAnswer.createMany({ data: rows })
  return state.seq + rows.length
}

/** Stores which rule decided, on the answers up to `seq`. The caller has locked the case. */
export async function appendResult({ tx, now }: Change, caseId: string, seq: number, rule: Rule): Promise<void> {
  const { id: ruleId, kind, outcome, priority } = rule
  await tx.triageResult.createMany({
    data: [{ caseId, seq, ruleId, redFlag: kind === 'RED_FLAG', outcome, priority, endedAt: now }],
    skipDuplicates: true,
  })
}
