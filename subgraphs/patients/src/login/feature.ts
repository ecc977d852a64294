import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { principals } from './principals.js'

export const login: Feature<Context, Services> = { internal: (services) => ({ principals: principals(services) }) }
