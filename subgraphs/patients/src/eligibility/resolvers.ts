import { Access, isAuthenticated } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { serviceEligibility } from '@vardgraf/policy'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { patients } from '../patient/access.js'
import { ServiceEligibility } from './schema.js'

@Resolver()
export class EligibilityResolver {
  @Access(isAuthenticated)
  @Query(() => [ServiceEligibility], {
    nullable: true,
    description:
      'Which services with an age limit are open to a patient; null for one who does not exist or whom the viewer may not see. `REGION_UNKNOWN` while no region’s rules are known to be hers.',
  })
  async serviceEligibility(
    @Arg('patientId', () => ID, { description: 'Global id of a patient.' }) patientId: string,
    @Ctx() ctx: Context,
  ): Promise<ServiceEligibility[] | null> {
    const person = await patients.find(ctx, patientId)
    if (!person) return null
    const { region } = person
    if (region === null || !ctx.policies.regions.includes(region)) throw new GraphError('REGION_UNKNOWN', {}, ctx.language)
    return serviceEligibility(ctx.policies.policyFor(region, ctx.now()), person, ctx.now())
  }
}
