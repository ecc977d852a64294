import type { Bus } from '@vardgraf/events'
import { toRfc3339 } from '@vardgraf/time'
import type { Db, Tx, VisitRow } from '../database.js'
import { takingTime } from '../visit/rules.js'

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
  | 'bookedByUnitId'
  | 'bookedAt'
  | 'idempotencyKey'
>

/** `visit` is null where the patient has another at the unit at that time, which the booker may know of. `first` is false where a retry found what it had made. */
export interface Booked {
  visit: VisitRow | null
  first: boolean
}

/**
 * Stores a booked visit and tells that it was, in one transaction. [R36]
 *
 * - The same employee's same key again: the visit that it made the first time, also when both come at once; nothing is told twice.
 * - A time that meets another visit of the patient at the unit: no visit. Two such at once: the constraint lets one of them through.
 * - Visits that the booker's unit may not see refuse nothing: those at other units, and for 1177 those that the health centre itself
 *   has booked. [A1, R23]
 */
export async function bookVisit(db: Db, bus: Bus, visit: NewVisit): Promise<Booked> {
  return db.$transaction(async (tx) => {
    if (await meetsAnothersBooking(tx, visit))
      return { visit: await madeWith(tx, visit.bookedBy, visit.idempotencyKey), first: false }
    // ON CONFLICT DO NOTHING waits for a rival's transaction to end, and leaves this one usable.
    const [made] = await tx.visit.createManyAndReturn({ data: [{ ...visit, status: 'BOOKED' }], skipDuplicates: true })
    if (!made) return { visit: await madeWith(tx, visit.bookedBy, visit.idempotencyKey), first: false }
    const { id, patientId, unitId, caseId, startsAt } = made
    await bus.append(tx, 'visit.booked', { visitId: id, patientId, unitId, caseId, startsAt: toRfc3339(startsAt) })
    return { visit: made, first: true }
  })
}

/**
 * A unit sees all visits at it, so that what another has booked there stands in the way of its own. Not so the other way: then a booking
 * tells nothing. The unit's and the other's at once may both go through, as they would one after the other. [A1]
 */
async function meetsAnothersBooking(tx: Tx, { patientId, unitId, bookedByUnitId, startsAt, endsAt }: NewVisit): Promise<boolean> {
  if (bookedByUnitId !== unitId) return false
  const other = await tx.visit.findFirst({
    select: { id: true },
    where: {
      patientId,
      unitId,
      bookedByUnitId: { not: unitId },
      startsAt: { lt: endsAt },
      endsAt: { gt: startsAt },
      status: { in: [...takingTime] },
    },
  })
  return other !== null
}

/** What an employee's key has made, or null. */
export function madeWith(db: Db | Tx, bookedBy: string, idempotencyKey: string): Promise<VisitRow | null> {
  return db.visit.findUnique({ where: { bookedBy_idempotencyKey: { bookedBy, idempotencyKey } } })
}
