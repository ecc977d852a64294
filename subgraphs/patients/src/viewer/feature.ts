import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { ViewerResolver } from './resolvers.js'

export const viewer: Feature<Context, Services> = { resolvers: [ViewerResolver] }
