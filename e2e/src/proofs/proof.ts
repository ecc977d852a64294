/** How a proof is to be made this time. */
export interface Order {
  /** How many runs; what one run is, the proof says in `unit`. */
  runs: number
  /** The same seed makes the same attacks. */
  seed: number
  /** Aborted by Ctrl-C: the proof ends what it has started, and its figures are dropped. */
  signal: AbortSignal
  /** One line of progress for people. */
  say(line: string): void
}

/** An invariant that did not hold. */
export interface Failure {
  invariant: string
  /** The shortest sequence of what was done that still breaks it, and what was seen. */
  counterexample: string
}

export interface Table {
  title: string
  head: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

/** What was measured. Figures stand also when an invariant failed. */
export interface Evidence {
  runs: number
  tables: readonly Table[]
  failures: readonly Failure[]
}

/** One claim, and how it is attacked. The long and the short form are the same code: they differ in `runs`. */
export interface Proof {
  name: string
  /** One sentence. */
  claim: string
  /** Rule ids of docs/rules.md; empty where the claim is about the platform or its tests. */
  rules: readonly string[]
  invariants: readonly string[]
  attack: string
  /** What one run is, such as `kills`. */
  unit: string
  /** How many `npm run prove` makes, unless it is told. */
  runs: number
  /** About how long that takes on two quiet cores. */
  minutes: number
  /** How many the suite makes; null where the suite has another test in its place. */
  shortRuns: number | null
  make(order: Order): Promise<Evidence>
}

/** The seed of the short forms. */
export const shortSeed = 1
