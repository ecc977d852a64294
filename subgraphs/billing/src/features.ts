import type { Feature } from '@vardgraf/service'
import type { Context, Services } from './context.js'
import { neighbours } from './neighbours.js'
import { quote } from './quote/feature.js'

/** All that this subgraph does. */
export const features: readonly Feature<Context, Services>[] = [neighbours, quote]
