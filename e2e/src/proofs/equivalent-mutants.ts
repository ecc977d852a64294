/** A mutant that no test can find, since nothing that a caller sees changes. */
export interface EquivalentMutant {
  /** How the path of the file ends. */
  file: string
  /** What is replaced, on one line. */
  code: string
  replacement: string
  reason: string
}

export const equivalents: readonly EquivalentMutant[] = []
