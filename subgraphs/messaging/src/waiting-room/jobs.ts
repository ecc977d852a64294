import type { Policies } from '@vardgraf/policy'
import type { Clock, Logger } from '@vardgraf/process'
import { change, SYSTEM, type Writing } from '../change.js'
import { requeue } from '../notifications/store.js'
import { dueForReview, releaseCase, review } from './store.js'

/** What the sweeper works with. */
export interface SweeperServices {
  writing: Writing
  policies: Policies
  clock: Clock
  log: Logger
}

const BATCH = 50

/** Looks at every case whose review is due: routing by hours, warning, overflow, and what nobody has answered in time. Any number of processes may do so at once. [R27, R33] */
export async function sweep({ writing, policies, clock }: Omit<SweeperServices, 'log'>): Promise<number> {
  for (let reviewed = 0; ; ) {
    const batch = await change(writing, clock.now(), async (under) => {
      const due = await dueForReview(under, BATCH)
      for (const each of due) {
        const careCase = each.status === 'ASSIGNED' ? await releaseCase(under, policies, each, SYSTEM) : each
        await review(under, policies, careCase, SYSTEM)
      }
      return due.length
    })
    reviewed += batch
    if (batch < BATCH) return reviewed
  }
}

/** Sweeps every `everyMs`, and at once when the clock is moved by hand. */
export function startSweeper(services: SweeperServices, everyMs: number): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  const run = (): void => {
    running = running.then(async () => {
      if (stopped) return
      try {
        await sweep(services)
        await change(services.writing, services.clock.now(), (under) => requeue(under, BATCH))
      } catch (error) {
        services.log.error({ err: error }, 'the sweeper failed, and tries again')
      }
    })
  }
  run()
  const timer = setInterval(run, everyMs)
  const unsubscribe = services.clock.onJump(run)
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      unsubscribe()
      await running
    },
  }
}
