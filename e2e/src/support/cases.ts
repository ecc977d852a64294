import type { VardgrafClient } from '@vardgraf/client'
import type { TriageAnswerInput } from '../gql/graphql.js'
import { readFragment } from '../gql/index.js'
import * as ops from '../story.operations.js'

/** A cough with nothing alarming, for which the health centre is contacted. */
export const cough = (): TriageAnswerInput[] => [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'fever', boolean: true },
  { linkId: 'temperature', number: 38.2 },
  { linkId: 'fever-days', number: 5 },
  { linkId: 'stiff-neck', boolean: false },
  { linkId: 'cough', boolean: true },
  { linkId: 'cough-kind', codes: ['phlegm'] },
  { linkId: 'cough-weeks', number: 1 },
  { linkId: 'breathless', codes: ['no'] },
  { linkId: 'conditions', codes: ['none'] },
]

/** A rash in the shape of a ring, for which the health centre is contacted, at any age. */
export const ringRash = (): TriageAnswerInput[] => [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'days', number: 3 },
  { linkId: 'where', codes: ['body'] },
  { linkId: 'kind', codes: ['ring'] },
  { linkId: 'fever', boolean: false },
  { linkId: 'new-medicine', boolean: false },
  { linkId: 'itch', number: 2 },
]

/** A child's earache with a fever, for which the health centre is contacted, up to 12 years. */
export const earache = (): TriageAnswerInput[] => [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'temperature', number: 38.5 },
  { linkId: 'fever-days', number: 1 },
  { linkId: 'condition', codes: ['tired'] },
  { linkId: 'drinking', codes: ['normal'] },
  { linkId: 'other', codes: ['ear-pain'] },
  { linkId: 'chronic', boolean: false },
]

/** The id of the questionnaire on a complaint, for this client. */
export async function complaintOf(client: VardgrafClient, complaint: string): Promise<string> {
  const { questionnaires } = await client.request(ops.Complaints, {})
  const found = questionnaires.edges.find(({ node }) => node.url.endsWith(`/${complaint}`))
  if (!found) throw new Error(`no questionnaire on ${complaint}`)
  return found.node.id
}

export const coughComplaint = (client: VardgrafClient): Promise<string> => complaintOf(client, 'cough-and-fever')

/** Takes a patient through triage into the waiting room of the unit where she is listed; gives the case's id. */
export async function enter(patient: VardgrafClient, questionnaire: string, answers = cough()): Promise<string> {
  const { startTriage } = await patient.request(ops.StartTriage, {
    input: { questionnaire, entryChannel: 'START_PAGE', idempotencyKey: crypto.randomUUID() },
  })
  const caseId = readFragment(ops.CaseFragment, startTriage.careCase)?.id
  if (!caseId) throw new Error(`no case: ${startTriage.refusal?.code}`)
  await patient.request(ops.AnswerTriage, { input: { caseId, answers } })
  await patient.request(ops.CompleteTriage, { input: { caseId } })
  return caseId
}

/** Claims the next case as staff and answers it: the chat is open then. Gives its id. */
export async function claimAndAnswer(staff: VardgrafClient, text: string): Promise<string> {
  const { claimNextCase } = await staff.request(ops.Claim, { key: crypto.randomUUID() })
  const caseId = claimNextCase.careCase?.id
  if (!caseId) throw new Error(`nothing to claim: ${claimNextCase.refusal?.code}`)
  await staff.request(ops.Answer, { input: { caseId, text, idempotencyKey: crypto.randomUUID() } })
  return caseId
}
