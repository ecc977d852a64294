import { allow, type IRules, isAuthenticated, objectRule } from '@vardgraf/access'
import type { Context } from './context.js'
import { maySeePatient } from './patient/access.js'
import type { Patient } from './patient/schema.js'

/** Guards every field of a patient however she was reached, beside `visiblePatient`, which already keeps her out of the answer. */
const concernsViewer = objectRule<Patient, Context>('concernsViewer', (patient, ctx) => maySeePatient(ctx, patient.personId))

/** WHO may. Care units and codes are for everybody; staff are known to whoever is logged in; a patient only to those she concerns. */
export const permissions: IRules = {
  Query: {
    me: allow,
    node: allow,
    patient: isAuthenticated,
    serviceEligibility: isAuthenticated,
    careUnit: allow,
    careUnits: allow,
    errorCodes: allow,
  },
  Viewer: {
    kind: allow,
    role: allow,
    sessionExpiresAt: allow,
    patient: allow,
    staff: allow,
    unit: allow,
    mayActFor: allow,
  },
  Patient: {
    id: concernsViewer,
    givenName: concernsViewer,
    familyName: concernsViewer,
    displayName: concernsViewer,
    personalIdentityNumber: concernsViewer,
    identifier: concernsViewer,
    birthDate: concernsViewer,
    age: concernsViewer,
    region: concernsViewer,
    protectedIdentity: concernsViewer,
    phone: concernsViewer,
    address: concernsViewer,
    listedAt: concernsViewer,
    guardians: concernsViewer,
  },
  Identifier: { value: allow, type: allow, use: allow, start: allow, end: allow },
  Guardian: { displayName: allow },
  ServiceEligibility: { service: allow, eligible: allow, askedBy: allow, from: allow, until: allow, rule: allow, source: allow },
  Staff: { id: isAuthenticated, displayName: isAuthenticated, role: isAuthenticated, unit: isAuthenticated },
  CareUnit: {
    id: allow,
    hsaId: allow,
    name: allow,
    kind: allow,
    region: allow,
    selfBooking: allow,
    contactCard: allow,
    openingHours: allow,
    isOpen: allow,
    closesAt: allow,
    nextOpening: allow,
  },
  CareUnitConnection: { edges: allow, pageInfo: allow },
  CareUnitEdge: { cursor: allow, node: allow },
  PageInfo: { hasNextPage: allow, hasPreviousPage: allow, startCursor: allow, endCursor: allow },
  ContactCard: { phone: allow, address: allow, url: allow },
  PostalAddress: { street: allow, postalCode: allow, city: allow },
  OpeningDay: { date: allow, openings: allow },
  OpeningSpan: { opensAt: allow, closesAt: allow },
  ErrorCode: { code: allow, rule: allow, httpStatus: allow, retryable: allow, message: allow, unlock: allow },
  LocalizedText: { sv: allow, en: allow },
  // Pointers only: their owners decide what the viewer may see.
  Visit: { nodeId: isAuthenticated, id: isAuthenticated },
  CareCase: { nodeId: isAuthenticated, id: isAuthenticated },
  ChatMessage: { nodeId: isAuthenticated, id: isAuthenticated },
  Questionnaire: { nodeId: isAuthenticated, id: isAuthenticated },
}
