import { type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import { contextOf, type Services } from './context.js'
import { connectDatabase } from './database.js'
import { features } from './features.js'
import { assertUnchanged } from './questionnaires/library.js'

/** Wires the subgraph and serves it: read this first. What goes on beside requests, each feature begins itself. */
export async function startMessaging(given: Omit<Services, 'db'>): Promise<RunningSubgraph> {
  const { platform, questionnaires, sms } = given
  const services: Services = { ...given, db: connectDatabase(platform.pool) }
  await assertUnchanged(services.db, questionnaires)
  if (platform.settings.NODE_ENV === 'production' && questionnaires.demonstrations.length > 0)
    platform.log.warn(
      { questionnaires: questionnaires.demonstrations },
      'triage offers demonstration content, not for clinical use',
    )
  const { port, stop } = await serveSubgraph({ platform, services, features, context: contextOf(services) })
  return {
    port,
    stop: async () => {
      await stop()
      // After the jobs: an SMS that is on its way is told of.
      await sms.close()
    },
  }
}
