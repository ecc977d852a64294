import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { IdentityNumberResolver } from './resolvers.js'

export const identityNumbers: Feature<Context, Services> = { resolvers: [IdentityNumberResolver] }
