import type { Bus } from '@vardgraf/events'
import { toRfc3339 } from '@vardgraf/process'
import type { Db, Tx, VisitRow } from '../database.js'

/** A visit as decided: nothing but the database can still stop it. */
export type NewVisit = Pick<
  VisitRow,
  | 'patientId'
  | 'unitId'
  | 'region'
  | 'caseId'
  | 'startsAt'
  | 'endsAt'
  | 'channel'
  | 'profession'
  | 'visitTypeCode'
  | 'bookedBy'
  | 'bookedAt'
  | 'idempotencyKey'
>

/** `visit` is null where the patient has another visit at that time. `first` is false where a retry found what it had made. */
export interface Booked {
  visit: VisitRow | null
  first: boolean
}

/**
 * Stores a booked visit and tells that it was, in one transaction. [R36]
 *
 * - The same employee's same key again: the visit that it made the first time, also when both come at once; nothing is told twice.
 * - A time that meets another visit of the patient: no visit. Two such at once: the constraint lets one of them through.
 */
export async function bookVisit(db: Db, bus: Bus, visit: NewVisit): Promise<Booked> {
  return db.$transaction(async (tx) => {
    // ON CONFLICT DO NOTHING waits for a rival's transaction to end, and leaves this one usable.
    const [made] = await tx.visit.createManyAndReturn({ data: [{ ...visit, status: 'BOOKED' }], skipDuplicates: true })
    if (!made) return { visit: await madeWith(tx, visit.bookedBy, visit.idempotencyKey), first: false }
    const { id, patientId, unitId, caseId, startsAt } = made
    await bus.append(tx, 'visit.booked', { visitId: id, patientId, unitId, caseId, startsAt: toRfc3339(startsAt) })
    return { visit: made, first: true }
  })
}

/** What an employee's key has made, or null. */
export function madeWith(db: Db | Tx, bookedBy: string, idempotencyKey: string): Promise<VisitRow | null> {
  return db.visit.findUnique({ where: { bookedBy_idempotencyKey: { bookedBy, idempotencyKey } } })
}
