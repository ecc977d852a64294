import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { nodeResolver } from './resolvers.js'

/** `Query.node` finds whatever these features resolve by reference: a new type needs nothing here. */
export const nodeOver = (features: readonly Feature<Context, Services>[]): Feature<Context, Services> => ({
  resolvers: [nodeResolver(new Map(features.flatMap(({ references = {} }) => Object.entries(references))))],
})
