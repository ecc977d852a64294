import type { Policies } from '@vardgraf/policy'
import { type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import { caseFacts } from './cases/facts.js'
import { type Context, contextOf } from './context.js'
import { connectDatabase } from './database.js'
import { features } from './features.js'
import { listen } from './notifications/events.js'
import { requeueResting, workNotifications } from './notifications/jobs.js'
import type { SmsSender } from './notifications/sms.js'
import { assertUnchanged, type QuestionnaireLibrary } from './questionnaires/library.js'
import { startSweep } from './sweep.js'
import { reviewCases } from './waiting-room/jobs.js'

/** What the process brings along. */
export interface MessagingServices {
  platform: Platform
  policies: Policies
  questionnaires: QuestionnaireLibrary
  sms: SmsSender
  sweepEveryMs: number
  requeueEveryMs: number
}

/** Wires the subgraph and serves it: read this first. */
export async function startMessaging({
  platform,
  policies,
  questionnaires,
  sms,
  sweepEveryMs,
  requeueEveryMs,
}: MessagingServices): Promise<RunningSubgraph> {
  const { bus, hints, clock, log } = platform
  const db = connectDatabase(platform.pool)
  await assertUnchanged(db, questionnaires)
  if (platform.settings.NODE_ENV === 'production' && questionnaires.demonstrations.length > 0)
    log.warn({ questionnaires: questionnaires.demonstrations }, 'triage offers demonstration content, not for clinical use')
  const writing = { db, bus, hints }
  const facts = (): ReturnType<Platform['facts']> => platform.facts()
  const now = (): Date => clock.now()

  const running = await serveSubgraph<Context, object>({
    platform,
    services: {},
    context: contextOf({ platform, db, policies, questionnaires }),
    features: [{ ...features[0], facts: () => caseFacts(db, clock) }],
  })
  await workNotifications({ writing, policies, sms, facts, now, log })
  await listen({ writing, facts, now })
  const reviews = (stop: AbortSignal) => reviewCases({ writing, policies, clock, log }, stop)
  const sweeps = [
    startSweep({ name: 'reviews', everyMs: sweepEveryMs, run: reviews }, { clock, log }),
    startSweep({ name: 'sms', everyMs: requeueEveryMs, run: (stop) => requeueResting({ writing, now }, stop) }, { clock, log }),
  ]

  return {
    port: running.port,
    stop: async () => {
      await Promise.all(sweeps.map((sweep) => sweep.stop()))
      await running.stop()
      await sms.close()
    },
  }
}
