import type { Feature } from '@vardgraf/service'
import { writingOf } from '../change.js'
import type { Context, Services } from '../context.js'
import { startSweep } from '../sweep.js'
import { reviewCases } from './jobs.js'
import { WaitingRoomMutations } from './mutations.js'
import {
  CareCaseWaitingRoomResolver,
  CareUnitWaitingRoomResolver,
  QueueEntryResolver,
  UnitQueueResolver,
  WaitingRoomPositionResolver,
} from './resolvers.js'

/** In what order, where and until when cases wait for an answer. */
export const waitingRoom: Feature<Context, Services> = {
  resolvers: [
    WaitingRoomMutations,
    WaitingRoomPositionResolver,
    CareCaseWaitingRoomResolver,
    QueueEntryResolver,
    UnitQueueResolver,
    CareUnitWaitingRoomResolver,
  ],
  jobs: (services) => {
    const { policies, platform, config } = services
    const { clock, log } = platform
    const run = (stop: AbortSignal) => reviewCases({ writing: writingOf(services), policies, clock, log }, stop)
    return startSweep({ name: 'reviews', everyMs: config.SWEEP_EVERY_MS, run }, platform)
  },
}
