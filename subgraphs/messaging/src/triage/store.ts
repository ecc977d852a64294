import type { Change } from '../change.js'
import type { Db, Tx } from '../database.js'
import type { TriageAnswer, TriageResult } from '../generated/prisma/client.js'
import type { Answers, Questionnaire, Rule, Value } from './engine/index.js'
import type { Loaded, QuestionnaireLibrary } from './library.js'

/** The triage of one case as stored, with the version it began with. */
export interface TriageState {
  caseId: string
  questionnaire: Questionnaire
  startedAt: Date
  /** The latest answer of each question, with when it was given. */
  latest: ReadonlyMap<string, TriageAnswer>
  answers: Answers
  /** Number of the last answer; 0 before the first. */
  seq: number
  /** How triage ended the last time; null while it goes on. */
  result: TriageResult | null
}

/** Ties a new case to one version of a questionnaire, whose content is kept from its first use on. [R30] */
export async function startSession(
  { tx, now }: Change,
  caseId: string,
  { questionnaire, content, sha256 }: Loaded,
): Promise<void> {
  const { url, version } = questionnaire
  await tx.questionnaireVersion.createMany({ data: [{ url, version, sha256, content, firstUsedAt: now }], skipDuplicates: true })
  await tx.triageSession.createMany({
    data: [{ caseId, questionnaireUrl: url, questionnaireVersion: version, startedAt: now }],
    // A retry of the start finds the session there.
    skipDuplicates: true,
  })
}

/** The triages of many cases at once; null for a case without one. */
export async function triageStates(
  db: Db | Tx,
  library: QuestionnaireLibrary,
  caseIds: readonly string[],
): Promise<(TriageState | null)[]> {
  const rows = await db.triageSession.findMany({
    where: { caseId: { in: [...caseIds] } },
    include: { answers: { orderBy: { seq: 'asc' } }, results: { orderBy: { seq: 'desc' }, take: 1 } },
  })
  const states = await Promise.all(
    rows.map(async ({ caseId, questionnaireUrl, questionnaireVersion, startedAt, answers, results }): Promise<TriageState> => {
      const questionnaire = await library.find(db, questionnaireUrl, questionnaireVersion)
      if (!questionnaire) throw new Error(`${questionnaireUrl}|${questionnaireVersion} is gone, though a case refers to it`)
      const latest = new Map(answers.map((answer) => [answer.linkId, answer]))
      const values = new Map([...latest].map(([linkId, answer]): [string, Value[]] => [linkId, answer.values as Value[]]))
      return {
        caseId,
        questionnaire,
        startedAt,
        latest,
        answers: values,
        seq: answers.at(-1)?.seq ?? 0,
        result: results[0] ?? null,
      }
    }),
  )
  const byCase = new Map(states.map((state) => [state.caseId, state]))
  return caseIds.map((id) => byCase.get(id) ?? null)
}

/** Appends answers behind the earlier ones; those that say what is known already are left out. The case is locked. */
export async function appendAnswers(
  { tx, now }: Change,
  state: TriageState,
  answeredById: string,
  accepted: Answers,
): Promise<number> {
  const fresh = [...accepted].filter(
    ([linkId, values]) => JSON.stringify(values) !== JSON.stringify(state.answers.get(linkId) ?? []),
  )
  const rows = fresh.map(([linkId, values], index) => ({
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

/** Notes which rule decided, after the answers up to `seq`. The case is locked. */
export async function appendResult({ tx, now }: Change, caseId: string, seq: number, rule: Rule): Promise<void> {
  const { id: ruleId, kind, outcome, priority } = rule
  await tx.triageResult.createMany({
    data: [{ caseId, seq, ruleId, redFlag: kind === 'RED_FLAG', outcome, priority, endedAt: now }],
    skipDuplicates: true,
  })
}
