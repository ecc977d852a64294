import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { ErrorCodeResolver } from './resolvers.js'

export const errorCodes: Feature<Context, Services> = { resolvers: [ErrorCodeResolver] }
