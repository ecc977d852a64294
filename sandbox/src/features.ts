import type { Feature } from '@vardgraf/service'
import { clock } from './clock/feature.js'
import type { Context, Services } from './context.js'
import { sms } from './sms/feature.js'

/** The sandbox's own part of the graph, open to everybody: it exists in no supergraph but the sandbox's. */
export const features: readonly Feature<Context, Services>[] = [clock, sms]
