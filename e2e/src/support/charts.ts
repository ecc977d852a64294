import { globalId, parseGlobalId } from '@vardgraf/relay'
import * as ops from '../story.operations.js'
import type { Asking } from './asking.js'
import { claimAndAnswer, coughComplaint, enter } from './cases.js'
import type { People } from './people.js'

/** One of everything that the graph holds about a patient; global ids. */
export interface Chart {
  Patient: string
  CareCase: string
  ChatMessage: string
  Visit: string
}
export type ChartType = keyof Chart

/** Takes a patient through triage and an answer at health centre 1, where both sides write, to a booked visit. */
export async function makeChart(people: People, asking: Asking, person: string, startsAt: string): Promise<Chart> {
  await enter(people.as(person), await coughComplaint(people.as(person)))
  const caseId = await claimAndAnswer(people.as('nurse-1'), `Hello ${person}`)
  const { sendMessage } = await people
    .as(person)
    .request(ops.Send, { input: { caseId, text: `${person} writes`, idempotencyKey: 'thanks' } })
  const { bookVisitFromCase } = await people.as('nurse-1').request(ops.Book, {
    input: {
      caseId,
      startsAt,
      durationMinutes: 15,
      channel: 'PHYSICAL',
      profession: 'NURSE',
      visitType: 'FOLLOW_UP',
      idempotencyKey: `book ${person}`,
    },
  })
  if (!sendMessage.message || !bookVisitFromCase.visit) throw new Error(`no chart for ${person}`)
  return {
    Patient: globalId('Patient', await asking.personId(person)),
    CareCase: caseId,
    ChatMessage: sendMessage.message.id,
    Visit: bookVisitFromCase.visit.id,
  }
}

/** An id of the same type and length that belongs to no record. */
export function ghostOf(id: string): string {
  return globalId(parseGlobalId(id)?.type ?? '', '0193aaaa-7a7a-7a7a-8a7a-aaaaaaaaaaaa')
}
