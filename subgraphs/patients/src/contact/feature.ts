import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { contactFacts } from './facts.js'
import { ContactResolver } from './resolvers.js'

export const contact: Feature<Context, Services> = { resolvers: [ContactResolver], facts: contactFacts }
