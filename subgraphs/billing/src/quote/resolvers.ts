import { Access, isAuthenticated, type VisitFact } from '@vardgraf/access'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareCase, Visit } from '../neighbours.js'
import { visits } from './access.js'
import { chatQuote, visitQuote } from './rules.js'
import { FeeQuote } from './schema.js'
import { isQuotable, visitFacts } from './visit-facts.js'

@Resolver(() => Visit)
export class VisitQuoteResolver {
  @Access(isAuthenticated)
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
    const visit = await visits.find(ctx, id)
    return visit && quoteOf(ctx, visit)
  }

  @FieldResolver(() => FeeQuote, { nullable: true, description: 'What it costs; null when it was cancelled or missed. [R16]' })
  feeQuote(@Root() { row }: Visit, @Ctx() ctx: Context): Promise<FeeQuote | null> {
    return quoteOf(ctx, row)
  }
}

@Resolver(() => CareCase)
export class CareCaseQuoteResolver {
  @FieldResolver(() => FeeQuote, {
    nullable: true,
    description: 'What the chat costs: nothing, also when it became a call. [R37]',
  })
  async feeQuote(@Root() { row }: CareCase, @Ctx() ctx: Context): Promise<FeeQuote | null> {
    const unit = await ctx.facts.get('unit', row.startedAtUnitId)
    return unit && chatQuote(ctx.policies.policyFor(unit.region, ctx.now()), ctx.language)
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
