import type { Facts } from '@vardgraf/access'
import type { Events } from '@vardgraf/events'
import { linkVisit, lockCase } from '../cases/store.js'
import { type Change, change, SYSTEM, type Writing } from '../change.js'
import { announce } from './store.js'

/** What the handlers work with. */
export interface EventServices {
  writing: Writing
  facts(): Facts
  now(): Date
}

const CONSUMER = 'messaging'

/** Listens to what happens in other subgraphs. */
export async function listen(services: EventServices): Promise<void> {
  await services.writing.bus.on('visit.booked', CONSUMER, ({ id, payload }) => onVisitBooked(services, id, payload))
}

/** Links the visit to the case it was booked from, and tells who is concerned. [R5, R36] */
async function onVisitBooked(
  { writing, facts, now }: EventServices,
  eventId: string,
  booked: Events['visit.booked'],
): Promise<void> {
  const unit = await facts().get('unit', booked.unitId)
  if (!unit) return
  await change(writing, now, async (under) => {
    if (!(await isFirst(under, eventId))) return
    const careCase = booked.caseId ? await lockCase(under, booked.caseId) : null
    if (careCase?.patientId === booked.patientId) await linkVisit(under, careCase, SYSTEM, booked.visitId)
    const { patientId, visitId } = booked
    await announce(under, {
      kind: 'VISIT_BOOKED',
      patientId,
      region: unit.region,
      visitId,
      occasion: visitId,
      ...(booked.caseId && { caseId: booked.caseId }),
    })
  })
}

/** True the first time an event is dealt with. */
async function isFirst({ tx, now }: Change, eventId: string): Promise<boolean> {
  const { count } = await tx.processedEvent.createMany({
    data: [{ consumer: CONSUMER, eventId, processedAt: now }],
    skipDuplicates: true,
  })
  return count === 1
}
