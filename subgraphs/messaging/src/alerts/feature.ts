import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { CaseAlertResolver } from './resolvers.js'

/** What the staff who have a case must hear of at once. */
export const alerts: Feature<Context, Services> = { resolvers: [CaseAlertResolver] }
