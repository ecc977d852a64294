/** A mutant that no test can find, since nothing that a caller sees changes. */
export interface EquivalentMutant {
  /** How the path of the file ends. */
  file: string
  /** What is replaced, on one line. */
  code: string
  replacement: string
  reason: string
}

export const equivalents: readonly EquivalentMutant[] = [
  {
    file: 'access/src/access.ts',
    code: "viewer.kind !== 'STAFF'",
    replacement: 'false',
    reason: 'What follows, `can`, says no to all but staff. The comparison is there for the type.',
  },
  {
    file: 'access/src/access.ts',
    code: "viewer.kind === 'PATIENT'",
    replacement: 'true',
    reason: 'Only a patient has a `personId` that could be the one asked about. The comparison is there for the type.',
  },
  {
    file: 'cases/rules.ts',
    code: 'closedAt !== null',
    replacement: 'true',
    reason: 'null counts as 1970 in the comparison that follows, which is before any day that is asked about.',
  },
  {
    file: 'waiting-room/rules.ts',
    code: 'told.position !== null',
    replacement: 'true',
    reason: 'Told no place and standing in one has returned before; no place twice is no change.',
  },
  {
    file: 'waiting-room/rules.ts',
    code: 'now.position < told.position',
    replacement: 'now.position <= told.position',
    reason: 'Equal places have been left out before.',
  },
]
