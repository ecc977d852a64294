import { localId } from '@vardgraf/relay'
import type { Database } from '../../support/database.js'
import type { Failure } from '../proof.js'
import type { Diary } from './diary.js'

/** Where a case may go, as the domain says. Written anew here: the code under attack does not judge itself. */
const legal: Record<string, readonly string[]> = {
  TRIAGING: ['TRIAGING', 'WAITING', 'ABANDONED', 'CLOSED_SELF_CARE', 'CLOSED_112'],
  WAITING: ['WAITING', 'ASSIGNED', 'ABANDONED', 'CLOSED_112'],
  ASSIGNED: ['ASSIGNED', 'WAITING', 'ANSWERED'],
  ANSWERED: ['ANSWERED', 'AWAITING_PATIENT', 'CLOSED'],
  AWAITING_PATIENT: ['AWAITING_PATIENT', 'ANSWERED', 'CLOSED'],
}

export const invariants = [
  'Every acknowledged message is stored once, and the numbers of a chat have no gap.',
  'Who sends in turn is stored in that turn.',
  'Each listener hears what is stored, from the first on, once and in order.',
  'Every case goes from state to state as the domain allows, and its row agrees with its history.',
  'Every acknowledged claim, answer, visit and close is stored once.',
  'Nobody is told INTERNAL, no live stream ends, and nothing is refused that the rules allow.',
  'After each kill the graph goes on by itself.',
  'Each answer and each visit leads to one notification, and to one SMS at the most.',
]

interface CaseRow {
  id: string
  status: string
  version: number
  last_seq: number
}
interface EventRow {
  case_id: string
  version: number
  status: string
  kind: string
  key: string | null
}

/** What does not hold now. Listeners may be behind, but never wrong. */
export async function violations(database: Database, diary: Diary): Promise<Failure[]> {
  // What was promised before the database is read must be in it.
  const promised = structuredClone({
    sent: diary.sent,
    claims: diary.claims,
    answered: diary.answered,
    visits: diary.visits,
    closed: diary.closed,
  })
  const [cases, events, messages, visits] = await database.transaction(async (rows) => [
    await rows<CaseRow>('SELECT id, status, version, last_seq FROM messaging.care_case'),
    await rows<EventRow>(
      'SELECT case_id, version, status, kind, idempotency_key AS key FROM messaging.case_event ORDER BY case_id, version',
    ),
    await rows<{ case_id: string; seq: number; text: string }>(
      'SELECT case_id, seq, text FROM messaging.chat_message ORDER BY case_id, seq',
    ),
    await rows<{ id: string }>('SELECT id FROM visits.visit'),
  ])
  const failures: Failure[] = []
  const expect = (holds: boolean, invariant: number, seen: object): void => {
    if (!holds) failures.push({ invariant: invariants[invariant] ?? '', counterexample: JSON.stringify(seen) })
  }

  const chats = Map.groupBy(messages, ({ case_id }) => case_id)
  const textsOf = (caseId: string): string[] => chats.get(idOf(caseId))?.map(({ text }) => text) ?? []
  for (const { id, last_seq } of cases) {
    const numbers = chats.get(id)?.map(({ seq }) => seq) ?? []
    expect(last_seq === numbers.length && numbers.every((seq, i) => seq === i + 1), 0, { case: id, last_seq, numbers })
  }
  for (const [caseId, sent] of promised.sent) {
    const stored = textsOf(caseId)
    expect(new Set(stored).size === stored.length, 0, { caseId, stored: repeated(stored) })
    expect(
      sent.every((text) => stored.includes(text)),
      0,
      { caseId, lost: sent.filter((text) => !stored.includes(text)) },
    )
    for (const [author, texts] of Map.groupBy(stored, (text) => text.split(' ')[0] ?? '')) {
      const turns = texts.map((text) => Number(text.split(' ')[1]))
      expect(author === 'answer' || turns.every((turn, i) => turn === i), 1, { caseId, author, turns })
    }
  }
  for (const [listener, { caseId, texts }] of diary.heard) {
    // It may have heard what was committed after the database was read here.
    const stored = textsOf(caseId)
    const wrong = texts.findIndex((text, i) => i < stored.length && text !== stored[i])
    expect(wrong < 0 && repeated(texts).length === 0, 2, { listener, at: wrong, heard: texts[wrong], stored: stored[wrong] })
  }

  const histories = Map.groupBy(events, ({ case_id }) => case_id)
  for (const row of cases) {
    const history = histories.get(row.id) ?? []
    const bad = history.find(({ version, status, kind }, i) => {
      const before = history[i - 1]
      // A visit that was booked while the case was open is told by an event, which may come after the end. It moves nothing.
      const moves = before && !(kind === 'VISIT_LINKED' && status === before.status)
      return version !== i + 1 || (moves && !legal[before.status]?.includes(status))
    })
    const last = history.at(-1)
    expect(!bad && last?.status === row.status && last.version === row.version, 3, { row, bad, last })
  }
  const times = (caseId: string, kind: string): number =>
    histories.get(idOf(caseId))?.filter((event) => event.kind === kind).length ?? 0
  for (const { caseId, key } of promised.claims) {
    const claimed = histories.get(idOf(caseId))?.filter((event) => event.kind === 'CLAIMED' && event.key === key).length
    expect(claimed === 1, 4, { caseId, claimed })
  }
  for (const caseId of promised.answered)
    expect(times(caseId, 'ANSWERED') === 1, 4, { caseId, answered: times(caseId, 'ANSWERED') })
  for (const caseId of promised.closed) expect(times(caseId, 'CLOSED') === 1, 4, { caseId, closed: times(caseId, 'CLOSED') })
  const known = new Set(visits.map(({ id }) => id))
  const lost = promised.visits.filter((id) => !known.has(localId(id, 'Visit') ?? ''))
  expect(lost.length === 0 && repeated(promised.visits).length === 0, 4, { lost, twice: repeated(promised.visits) })

  const { ends, surprises, codes } = diary
  expect(ends.length === 0 && surprises.length === 0 && codes.of('INTERNAL') === 0, 5, { ends, surprises, codes: String(codes) })
  return failures
}

/** Listeners that have not heard all that is stored. */
export async function behind(database: Database, diary: Diary): Promise<string[]> {
  const counts = await database.rows<{ case_id: string; count: number }>(
    'SELECT case_id, count(*)::int AS count FROM messaging.chat_message GROUP BY case_id',
  )
  const stored = new Map(counts.map(({ case_id, count }) => [case_id, count]))
  return [...diary.heard].filter(([, { caseId, texts }]) => texts.length < (stored.get(idOf(caseId)) ?? 0)).map(([name]) => name)
}

const idOf = (caseId: string): string => localId(caseId, 'CareCase') ?? ''
const repeated = (texts: readonly string[]): string[] => texts.filter((text, i) => texts.indexOf(text) !== i)
