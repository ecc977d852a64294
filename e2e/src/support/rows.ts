import * as ops from '../story.operations.js'
import type { Asking } from './asking.js'
import { coughComplaint, enter } from './cases.js'
import { makeChart } from './charts.js'
import type { Database } from './database.js'
import type { People } from './people.js'

/** Ids of copies: a letter for the kind, then the number. */
const id = (kind: string): string => `('00000000-0000-7000-${kind}000-' || lpad(i::text, 12, '0'))`

/** Copies a row `count` times with some columns changed; `i` is the number of the copy. */
const copies = (table: string, where: string, changes: Record<string, string>): string =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${Object.entries(changes)
    .map(([column, value]) => `'${column}', ${value}`)
    .join(', ')}))).* FROM ${table} t, generate_series(1, $1) i WHERE ${where}`

/**
 * As many rows of every kind as a list may show: people who wait at health centre 1, a patient's earlier cases with what was said and booked
 * in them, and children of one guardian. Made by the graph once, then copied.
 */
export async function fill(people: People, asking: Asking, database: Database, count: number): Promise<void> {
  await enter(people.as('birger'), await coughComplaint(people.as('birger')))
  const [waiting] = await database.rows<{ id: string }>(`SELECT id FROM messaging.care_case WHERE status = 'WAITING'`)
  // Last in the queue, and nothing is due: no sweep and no claim touches them.
  const far = { target_at: `'2027-06-01T00:00:00Z'`, answer_due_at: `'2027-06-02T00:00:00Z'`, review_at: 'null' }
  const set = Object.entries(far).map(([column, value]) => `${column} = ${value}`)
  await database.rows(
    `UPDATE messaging.care_case SET priority = 'P5', queue_class = 1, ${set.join(', ')} WHERE status = 'WAITING'`,
  )
  const { CareCase } = await makeChart(people, asking, 'astrid', '2026-12-20T08:00:00+01:00')
  await people.as('nurse-1').request(ops.Close, { caseId: CareCase })
  const [closed] = await database.rows<{ id: string }>(`SELECT id FROM messaging.care_case WHERE status = 'CLOSED'`)

  const [birger, lo] = [await asking.personId('birger'), await asking.personId('lo')]
  const number = (from: number): string => `(${from} + i)::text`
  const ofWaiting = `case_id = '${waiting?.id}'`
  const ofClosed = `case_id = '${closed?.id}'`
  const statements = [
    copies('patients.person', `id = '${birger}'`, { id: id('9') }),
    copies('patients.identity_number', `person_id = '${birger}'`, { person_id: id('9'), number: number(194001010000) }),
    copies('patients.person', `id = '${lo}'`, { id: id('c') }),
    copies('patients.identity_number', `person_id = '${lo}'`, { person_id: id('c'), number: number(202201010000) }),
    copies('patients.guardianship', `child_id = '${lo}'`, { child_id: id('c') }),
    copies('messaging.care_case', `id = '${waiting?.id}'`, { id: id('a'), patient_id: id('9'), idempotency_key: `'copy ' || i` }),
    copies('messaging.case_event', ofWaiting, { case_id: id('a'), idempotency_key: 'null' }),
    copies('messaging.triage_session', ofWaiting, { case_id: id('a') }),
    copies('messaging.triage_answer', ofWaiting, { case_id: id('a') }),
    copies('messaging.triage_result', ofWaiting, { case_id: id('a') }),
    copies('messaging.care_case', `id = '${closed?.id}'`, { id: id('b'), idempotency_key: `'copy of mine ' || i` }),
    copies('messaging.case_event', ofClosed, { case_id: id('b'), idempotency_key: 'null' }),
    copies('messaging.triage_session', ofClosed, { case_id: id('b') }),
    copies('messaging.triage_answer', ofClosed, { case_id: id('b') }),
    copies('messaging.triage_result', ofClosed, { case_id: id('b') }),
    copies('messaging.chat_message', ofClosed, { id: 'uuidv7()', case_id: id('b') }),
    // Those of her earlier cases, and one of each patient who waits.
    ...(['b', 'a'] as const).map((kind) =>
      copies('visits.visit', ofClosed, {
        id: 'uuidv7()',
        case_id: id(kind),
        idempotency_key: `'copy ${kind} ' || i`,
        ...(kind === 'a' && { patient_id: id('9') }),
        starts_at: `t.starts_at + i * interval '1 hour'`,
        ends_at: `t.ends_at + i * interval '1 hour'`,
      }),
    ),
  ]
  for (const statement of statements) await database.rows(statement, [count])
}
