import type { VisitFact } from '@vardgraf/access'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { visibleVisit } from '../permissions/visible.js'
import { visitQuote } from '../rules/quote.js'
import { isQuotable, visitFacts } from '../rules/visit-facts.js'
import { Visit } from '../schema/entities.js'
import { FeeQuote } from '../schema/fee-quote.js'

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => FeeQuote, {
    name: 'feeQuote',
    nullable: true,
    description:
      'What a visit costs; null where there is none that the viewer may see, and for one that was cancelled or missed. [R16]',
  })
  async quoteById(
    @Arg('visitId', () => ID, { description: 'Global id of the visit.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<FeeQuote | null> {
    const visit = await visibleVisit(ctx, id)
    return visit && quoteOf(ctx, visit)
  }

  @FieldResolver(() => FeeQuote, { nullable: true, description: 'What it costs; null when it was cancelled or missed. [R16]' })
  feeQuote(@Root() { fact }: Visit, @Ctx() ctx: Context): Promise<FeeQuote | null> {
    return quoteOf(ctx, fact)
  }
}

/** By the policy of the unit's region at the date of the visit. */
async function quoteOf(ctx: Context, visit: VisitFact): Promise<FeeQuote | null> {
  if (!isQuotable(visit)) return null
  const [person, unit] = await Promise.all([ctx.facts.get('person', visit.patientId), ctx.facts.get('unit', visit.unitId)])
  if (!person || !unit) return null
  const facts = visitFacts({ visit, person, unit })
  return visitQuote(ctx.policies.policyFor(unit.region, facts.at), facts, ctx.language)
}
