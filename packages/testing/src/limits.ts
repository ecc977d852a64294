/**
 * How long a test waits for what comes by itself: an event, a job, a row, a process. It is a limit for what never comes, not for what
 * is slow: with ten times as much to do as there are cores, what takes a tenth of a second takes several. A test that says how soon
 * something must come measures it and says so; a test does not set a shorter wait than this one for its own sake.
 */
export const WAIT_MS = 30_000
/** The same for `vi.waitFor`, whose own limit is a second. */
export const waiting = { timeout: WAIT_MS }
/** A test, with several such waits in turn. */
export const TEST_MS = 120_000
/** A hook: a graph of six processes starts in 3 s, or in a minute on a busy machine. */
export const HOOK_MS = 180_000
