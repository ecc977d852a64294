import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../support/database.js'
import type { Failure, Table } from './proof.js'

const patienceMilliseconds = 90_000

interface Counts {
  answered: number
  booked: number
  answers: number
  bookings: number
  sent: number
  uncertain: number
  open: number
  sms: number
}

const counted = `SELECT
  (SELECT count(*)::int FROM messaging.case_event WHERE kind = 'ANSWERED') AS answered,
  (SELECT count(*)::int FROM visits.visit) AS booked,
  (SELECT count(*)::int FROM messaging.notification WHERE kind = 'CASE_ANSWERED') AS answers,
  (SELECT count(*)::int FROM messaging.notification WHERE kind = 'VISIT_BOOKED') AS bookings,
  (SELECT count(*)::int FROM messaging.notification WHERE status = 'SENT') AS sent,
  (SELECT count(*)::int FROM messaging.notification WHERE status = 'UNCERTAIN') AS uncertain,
  (SELECT count(*)::int FROM messaging.notification WHERE status IN ('QUEUED', 'SENDING')) AS open,
  (SELECT count(*)::int FROM sandbox.sms) AS sms`

const counts = async (database: Database): Promise<Counts> => {
  const [row] = await database.rows<Counts>(counted)
  if (!row) throw new Error('the database counts nothing')
  return row
}

/**
 * Waits until every answer and booking so far has led to its SMS, and holds them against each other. Only for a graph whose patients are told
 * themselves: one recipient each. [R5, R34]
 */
export async function smsOf(database: Database, signal: AbortSignal): Promise<{ failures: Failure[]; table: Table }> {
  const deadline = performance.now() + patienceMilliseconds
  let now = await counts(database)
  while (!isSettled(now) && performance.now() < deadline) {
    signal.throwIfAborted()
    await sleep(250)
    now = await counts(database)
  }
  const invariants: [string, boolean][] = [
    ['each answered case leads to one notification', now.answers === now.answered],
    ['each booked visit leads to one notification', now.bookings === now.booked],
    ['no notification rests for ever', now.open === 0],
    ['no notification is sent twice, and what counts as sent was', now.sent <= now.sms && now.sms <= now.sent + now.uncertain],
  ]
  return {
    failures: invariants.filter(([, holds]) => !holds).map(([invariant]) => ({ invariant, counterexample: JSON.stringify(now) })),
    table: {
      title: 'SMS',
      head: ['what', 'number'],
      rows: [
        ['cases answered', now.answered],
        ['visits booked', now.booked],
        ['notifications', now.answers + now.bookings],
        ['SMS at the operator', now.sms],
        ['notifications whose SMS was interrupted, and is not sent again', now.uncertain],
      ],
    },
  }
}

const isSettled = ({ answers, answered, bookings, booked, open }: Counts): boolean =>
  answers === answered && bookings === booked && open === 0
