import type { Feature } from '@vardgraf/service'
import { booking } from './booking/feature.js'
import type { Context, Services } from './context.js'
import { neighbours } from './neighbours.js'
import { visit } from './visit/feature.js'

/** All that this subgraph does. */
export const features: readonly Feature<Context, Services>[] = [neighbours, visit, booking]
