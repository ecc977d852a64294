import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { chatQuote } from '../rules/quote.js'
import { CareCase } from '../schema/entities.js'
import { FeeQuote } from '../schema/fee-quote.js'

@Resolver(() => CareCase)
export class CareCaseResolver {
  @FieldResolver(() => FeeQuote, {
    nullable: true,
    description: 'What the chat costs: nothing, also when it became a call. [R37]',
  })
  async feeQuote(@Root() { fact }: CareCase, @Ctx() ctx: Context): Promise<FeeQuote | null> {
    const unit = await ctx.facts.get('unit', fact.startedAtUnitId)
    return unit && chatQuote(ctx.policies.policyFor(unit.region, ctx.now()), ctx.language)
  }
}
