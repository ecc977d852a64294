import type { Feature } from '@vardgraf/service'
import { alerts } from './alerts/feature.js'
import { cases } from './cases/feature.js'
import { chat } from './chat/feature.js'
import type { Context, Services } from './context.js'
import { neighbours } from './neighbours.js'
import { notifications } from './notifications/feature.js'
import { questionnaires } from './questionnaires/feature.js'
import { triage } from './triage/feature.js'
import { waitingRoom } from './waiting-room/feature.js'

/** Everything that this subgraph does. A new feature is a folder, and a line here. */
export const features: readonly Feature<Context, Services>[] = [
  neighbours,
  questionnaires,
  triage,
  cases,
  waitingRoom,
  chat,
  alerts,
  notifications,
]
