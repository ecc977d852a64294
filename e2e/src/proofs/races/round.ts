import type { VardgrafClient } from '@vardgraf/client'
import { localId } from '@vardgraf/relay'
import * as ops from '../../story.operations.js'
import { coughComplaint, enter } from '../../support/cases.js'
import type { Database } from '../../support/database.js'
import { type Crowd, nurses, patients } from '../crowd.js'
import type { Tally } from '../figures.js'
import type { Failure } from '../proof.js'
import type { Random } from '../random.js'

/** One case from the waiting room to its end, where every step is tried by several at once. */
export interface Round {
  patient: string
  claims: number
  answers: number
  bookings: number
  closes: number
  /** Minutes after the first visit of all rounds: no two rounds meet in time. */
  minute: number
}

const firstVisit = Date.parse('2026-12-01T08:00:00+01:00')
const visitMinutes = 30

export function nextRound(random: Random, number: number): Round {
  const several = (): number => random.between(2, 10)
  return {
    patient: random.one(patients),
    claims: several(),
    answers: several(),
    bookings: several(),
    closes: several(),
    minute: number * 2 * visitMinutes,
  }
}

/** The same with fewer contenders; null when there are two for each thing. */
export function smaller(round: Round): Round | null {
  const half = (count: number): number => Math.max(2, Math.floor(count / 2))
  const { claims, answers, bookings, closes } = round
  const next = { claims: half(claims), answers: half(answers), bookings: half(bookings), closes: half(closes) }
  const sum = (of: typeof next): number => of.claims + of.answers + of.bookings + of.closes
  return sum(next) < sum({ claims, answers, bookings, closes }) ? { ...round, ...next } : null
}

export const contenders = ({ claims, answers, bookings, closes }: Round): number => claims + answers + bookings + closes

/** Runs a round and gives what was broken. `told` counts what the contenders were told. */
export async function race(round: Round, crowd: Crowd, database: Database, told: Tally): Promise<Failure[]> {
  const patient = crowd.as(round.patient)
  const entered = await enter(patient, await coughComplaint(patient))
  const atOnce = <T>(count: number, act: (client: VardgrafClient, i: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => act(crowd.as(nurses[i % 2] ?? nurses[0]), i)))
  const note = <T>(step: string, won: T | null | undefined, code: string | undefined): T | null => {
    told.add(`${step}: ${won ? 'done' : (code ?? 'nothing')}`)
    return won ?? null
  }

  const claims = await atOnce(round.claims, async (client, i) => {
    const { claimNextCase: given } = await client.request(ops.Claim, { key: crypto.randomUUID() })
    return note('claim', given.careCase && { caseId: given.careCase.id, nurse: nurses[i % 2] }, given.refusal?.code)
  })
  const held = claims.filter((claim) => claim !== null)
  const holder = crowd.as(held[0]?.nurse ?? nurses[0])

  // Half of the answers are one and the same, sent again.
  const answers = await Promise.all(
    Array.from({ length: round.answers }, async (_, i) => {
      const input = { caseId: entered, text: 'answer', idempotencyKey: i % 2 === 0 ? 'the same' : `another ${i}` }
      const { answerCase: given } = await holder.request(ops.Answer, { input })
      return note('answer', given.message?.id, given.refusal?.code)
    }),
  )
  const bookings = await atOnce(round.bookings, async (client, i) => {
    const { bookVisitFromCase: given } = await client.request(ops.Book, {
      input: wish(entered, round.minute + (i % visitMinutes)),
    })
    return note('booking', given.visit?.id, given.refusal?.code)
  })
  await atOnce(round.closes, async (client) => {
    const { closeCase: given } = await client.request(ops.Close, { caseId: entered })
    return note('close', given.careCase?.status, given.refusal?.code)
  })

  const [stored] = await database.rows<Stored>(what, [localId(entered, 'CareCase')])
  const seen = { held, answers: unique(answers), bookings: unique(bookings), stored: stored ?? null }
  return broken(entered, seen).map((invariant) => ({ invariant, counterexample: JSON.stringify({ round, seen }, null, 1) }))
}

interface Stored {
  status: string
  claimed: number
  answered: number
  closed: number
  messages: number
  visits: number
}

const what = `SELECT status,
  (SELECT count(*)::int FROM messaging.case_event WHERE case_id = c.id AND kind = 'CLAIMED') AS claimed,
  (SELECT count(*)::int FROM messaging.case_event WHERE case_id = c.id AND kind = 'ANSWERED') AS answered,
  (SELECT count(*)::int FROM messaging.case_event WHERE case_id = c.id AND kind = 'CLOSED') AS closed,
  (SELECT count(*)::int FROM messaging.chat_message WHERE case_id = c.id) AS messages,
  (SELECT count(*)::int FROM visits.visit WHERE case_id = c.id AND status = 'BOOKED') AS visits
  FROM messaging.care_case c WHERE id = $1`

interface Seen {
  held: { caseId: string }[]
  answers: string[]
  bookings: string[]
  stored: Stored | null
}

function broken(caseId: string, { held, answers, bookings, stored }: Seen): string[] {
  return [
    held.length === 1 && held[0]?.caseId === caseId && stored?.claimed === 1 ? [] : ['one of those who claim gets the case'],
    answers.length === 1 && stored?.answered === 1 && stored.messages === 1 ? [] : ['the case is answered once'],
    bookings.length === 1 && stored?.visits === 1 ? [] : ['one of the bookings that meet in time is made'],
    stored?.status === 'CLOSED' && stored.closed === 1 ? [] : ['the case is closed once'],
  ].flat()
}

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

const wish = (caseId: string, minute: number) =>
  ({
    caseId,
    startsAt: new Date(firstVisit + minute * 60_000).toISOString(),
    durationMinutes: visitMinutes,
    channel: 'PHYSICAL',
    profession: 'NURSE',
    visitType: 'FOLLOW_UP',
    idempotencyKey: crypto.randomUUID(),
  }) as const
