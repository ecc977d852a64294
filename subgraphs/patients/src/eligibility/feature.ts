import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { EligibilityResolver } from './resolvers.js'

export const eligibility: Feature<Context, Services> = { resolvers: [EligibilityResolver] }
