import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { guardianshipFacts } from './facts.js'
import { ChildResolver, GuardianResolver } from './resolvers.js'

export const guardianship: Feature<Context, Services> = {
  resolvers: [ChildResolver, GuardianResolver],
  facts: guardianshipFacts,
}
