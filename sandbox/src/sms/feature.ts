import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { SmsResolver } from './resolvers.js'

/** Shows what would have been sent by SMS. */
export const sms: Feature<Context, Services> = { resolvers: [SmsResolver] }
