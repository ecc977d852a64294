import { appendFileSync } from 'node:fs'

/** What costs a test run most of its time. */
export type Boot = 'graph' | 'process' | 'subgraph' | 'database'

/** Where a run counts its boots, one line each; `npm test` prints the counts. Not set: nothing is counted. */
const file = process.env.VARDGRAF_BOOTS

export function countBoot(what: Boot): void {
  if (file) appendFileSync(file, `${what}\n`)
}
