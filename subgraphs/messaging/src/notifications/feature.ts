import type { Feature } from '@vardgraf/service'
import { writingOf } from '../change.js'
import type { Context, Services } from '../context.js'
import { startSweep } from '../sweep.js'
import { listen } from './events.js'
import { requeueResting, workNotifications } from './jobs.js'

/** SMS to who is concerned. It has no types: what it brings goes on beside requests. */
export const notifications: Feature<Context, Services> = {
  jobs: async (services) => {
    const { policies, sms, platform, config } = services
    const working = {
      writing: writingOf(services),
      policies,
      sms,
      facts: () => platform.facts(),
      now: () => platform.clock.now(),
      log: platform.log,
    }
    await workNotifications(working)
    await listen(working)
    const run = (stop: AbortSignal) => requeueResting(working, stop)
    return startSweep({ name: 'sms', everyMs: config.SMS_REQUEUE_EVERY_MS, run }, platform)
  },
}
