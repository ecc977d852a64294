import { staff } from '../data/persons.js'
import type { Ask } from './graph.js'
import type { Waiting } from './waiting.js'

/** A case that has waited longer is from an earlier day: its answer is due soon or overdue. */
const staleHours = 12
const millisecondsPerHour = 3_600_000

interface OpenCase {
  id: string
  status: string
  openedAt: string
  responder: { hsaId: string } | null
}
type Refused = { refusal: { code: string } | null }

/**
 * Puts each person into the waiting room, through the graph and by its rules. A person who has waited for less than half a day keeps her
 * place. An older case is abandoned, or closed if staff have answered it, and a new one is started. A case that a nurse has claimed is left
 * alone. Safe to run again, at any time of the sandbox's clock. Returns how many wait.
 * @throws Error with the codes of the graph's refusals.
 */
export async function fillQueues(ask: Ask, waiting: readonly Waiting[]): Promise<number> {
  const { sandboxClock } = await ask<{ sandboxClock: { now: string } }>(personOf(waiting), '{ sandboxClock { now } }')
  let count = 0
  const failed: unknown[] = []
  // One after the other, so that the queue has the same order each time. If one fails, the next still enter.
  for (const each of waiting)
    try {
      if (await letWait(ask, each, Date.parse(sandboxClock.now))) count++
    } catch (error) {
      failed.push(error)
    }
  if (failed.length > 0) throw new Error(failed.map((error) => (error as Error).message).join(', '))
  return count
}

const personOf = ([first]: readonly Waiting[]): string => first?.person ?? ''

async function letWait(ask: Ask, { person, complaint, answers }: Waiting, now: number): Promise<boolean> {
  for (const open of await openCases(ask, person)) {
    if (open.status === 'ASSIGNED') return false
    if (open.status === 'WAITING' && Math.abs(now - Date.parse(open.openedAt)) < staleHours * millisecondsPerHour) return true
    await end(ask, person, open)
  }
  const questionnaire = await questionnaireOn(ask, person, complaint)
  const input = { questionnaire, entryChannel: 'START_PAGE', idempotencyKey: crypto.randomUUID() }
  const { started } = await ask<{ started: Refused & { careCase: { id: string } | null } }>(
    person,
    'mutation ($input: StartTriageInput!) { started: startTriage(input: $input) { careCase { id } refusal { code } } }',
    { input },
  )
  const caseId = started.careCase?.id
  if (started.refusal || !caseId) throw refused(person, started)
  const { answered, completed } = await ask<{ answered: Refused; completed: Refused }>(
    person,
    `mutation ($answers: AnswerTriageInput!, $case: CompleteTriageInput!) {
       answered: answerTriage(input: $answers) { refusal { code } }
       completed: completeTriage(input: $case) { refusal { code } } }`,
    { answers: { caseId, answers }, case: { caseId } },
  )
  if (answered.refusal || completed.refusal) throw refused(person, answered.refusal ? answered : completed)
  return true
}

async function openCases(ask: Ask, person: string): Promise<OpenCase[]> {
  const open = ['TRIAGING', 'WAITING', 'ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT']
  const { me } = await ask<{ me: { patient: { careCases: { edges: { node: OpenCase }[] } } } }>(
    person,
    '{ me { patient { careCases(first: 20) { edges { node { id status openedAt responder { hsaId } } } } } } }',
  )
  return me.patient.careCases.edges.map(({ node }) => node).filter(({ status }) => open.includes(status))
}

/** Ends the case: by the patient while it is unanswered, otherwise by a nurse of the unit that answered. */
async function end(ask: Ask, person: string, { id: caseId, status, responder }: OpenCase): Promise<void> {
  const byPatient = status === 'TRIAGING' || status === 'WAITING'
  const nurse = staff.find(({ role, unitId }) => role === 'NURSE' && unitId === responder?.hsaId)
  const [name, type] = byPatient ? ['abandonCase', 'AbandonCaseInput'] : ['closeCase', 'CloseCaseInput']
  const { ended } = await ask<{ ended: Refused }>(
    byPatient ? person : (nurse?.key ?? person),
    `mutation ($input: ${type}!) { ended: ${name}(input: $input) { refusal { code } } }`,
    { input: { caseId } },
  )
  if (ended.refusal) throw refused(person, ended)
}

async function questionnaireOn(ask: Ask, person: string, complaint: string): Promise<string> {
  const { questionnaires } = await ask<{ questionnaires: { edges: { node: { id: string; url: string } }[] } }>(
    person,
    '{ questionnaires(first: 50) { edges { node { id url } } } }',
  )
  const found = questionnaires.edges.find(({ node }) => node.url.endsWith(`/${complaint}`))
  if (!found) throw new Error(`there is no questionnaire on ${complaint} for ${person}`)
  return found.node.id
}

const refused = (person: string, { refusal }: Refused): Error => new Error(`${person}: ${refusal?.code ?? 'no case'}`)
