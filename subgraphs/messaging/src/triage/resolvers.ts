import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { CareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import { triageOfCase } from './loaders.js'
import { RedFlag, Triage } from './schema.js'
import { ruleOf } from './store.js'
import { toAssessment, toTriage } from './view.js'

@Resolver(() => CareCase)
export class CareCaseTriageResolver {
  @FieldResolver(() => Triage, {
    nullable: true,
    description: 'The first assessment by questions: what was answered, and what to ask next.',
  })
  async triage(@Root() { row }: CareCase, @Ctx() ctx: Context): Promise<Triage | null> {
    const state = await ctx.loader(triageOfCase).load(row.id)
    return state && toTriage(row, state, ctx.now(), ctx.language)
  }

  @FieldResolver(() => RedFlag, {
    nullable: true,
    description: 'A red flag that was raised after staff had begun with the case; null where none was.',
  })
  async redFlag(@Root() { row }: CareCase, @Ctx() ctx: Context): Promise<RedFlag | null> {
    if (!row.redFlagAt) return null
    const state = await ctx.loader(triageOfCase).load(row.id)
    const rule = state && ruleOf(state)
    if (!rule) throw new Error('a red flag without the rule that raised it')
    return { raisedAt: row.redFlagAt, assessment: toAssessment(rule, row.redFlagAt, row, ctx.now(), ctx.language) }
  }
}
