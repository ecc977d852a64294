import { type Evidence, type Proof, shortSeed } from './proof.js'

/** The short form of a proof, for the suite: the same code with few runs and a fixed seed. */
export const shortly = (proof: Proof): Promise<Evidence> =>
  proof.make({ runs: proof.shortRuns ?? 1, seed: shortSeed, signal: new AbortController().signal, say: () => {} })
