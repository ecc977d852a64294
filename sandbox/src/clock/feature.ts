import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { ClockResolver } from './resolvers.js'

/** Moves the one clock that all processes of the sandbox follow. */
export const clock: Feature<Context, Services> = { resolvers: [ClockResolver] }
