import type { StaffRole, Viewer } from '@vardgraf/viewer'

/** What staff may do for their unit: give care to its patients, or see its queue (not what a case holds, nor whose it is). [A1] */
export type Capability = 'CARE' | 'QUEUE'

/** Which role may do what. This is the only place where roles are compared. [A1] */
const capabilities = {
  NURSE: ['CARE', 'QUEUE'],
  DOCTOR: ['CARE', 'QUEUE'],
  YOUTH_COUNSELLOR: ['CARE', 'QUEUE'],
  CHILD_HEALTH_NURSE: ['CARE', 'QUEUE'],
  UNIT_ADMINISTRATOR: ['QUEUE'],
} as const satisfies Record<StaffRole, readonly Capability[]>

/** The viewer is staff whose role has this capability. [A1] */
export function can(viewer: Viewer, capability: Capability): boolean {
  return viewer.kind === 'STAFF' && (capabilities[viewer.role] as readonly Capability[]).includes(capability)
}
