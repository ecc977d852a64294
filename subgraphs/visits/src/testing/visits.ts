import type { NewVisit } from '../booking/store.js'
import { uuid } from './service.js'

/** A visit to store directly, where a test is not about booking. */
export function newVisit(fields: Partial<NewVisit> & Pick<NewVisit, 'patientId' | 'unitId' | 'startsAt'>): NewVisit {
  return {
    region: 'vastra-gotaland',
    caseId: uuid(900),
    endsAt: new Date(fields.startsAt.getTime() + 30 * 60_000),
    channel: 'APP',
    profession: 'NURSE',
    visitTypeCode: 'FOLLOW_UP',
    bookedBy: 'somebody',
    bookedByUnitId: fields.unitId,
    bookedAt: new Date('2026-11-01T08:00:00+01:00'),
    idempotencyKey: crypto.randomUUID(),
    ...fields,
  }
}
