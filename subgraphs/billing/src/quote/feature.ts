import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { CareCaseQuoteResolver, VisitQuoteResolver } from './resolvers.js'

/** What a visit or a chat costs, worked out when it is asked. [R16, R37] */
export const quote: Feature<Context, Services> = { resolvers: [VisitQuoteResolver, CareCaseQuoteResolver] }
