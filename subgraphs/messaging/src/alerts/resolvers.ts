import { Access, givesCare } from '@vardgraf/access'
import { type Edge, localKey } from '@vardgraf/relay'
import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql'
import { requireLogin } from '../cases/access.js'
import { caseById } from '../cases/loaders.js'
import { CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import { CaseAlert, CaseAlertEdge } from './schema.js'
import { alertStream } from './stream.js'

@Resolver(() => CaseAlert)
export class CaseAlertResolver {
  @Access(givesCare)
  @Subscription(() => CaseAlertEdge, {
    description:
      'What a unit’s care staff must hear of at once, live: a patient whose case they have was told to call 112, or got worse. Without `after` it begins with the alerts of all cases that are open; who loses the connection goes on with the last cursor. [R31]',
    subscribe: ({ args, context }: { args: Record<string, string | undefined>; context: unknown }) => {
      const ctx = context as Context
      requireLogin(ctx)
      return alertStream(ctx, localKey(args.unitId ?? '', 'CareUnit') ?? '', args.after)
    },
  })
  caseAlerts(
    @Root() edge: Edge<CaseAlert>,
    @Arg('unitId', () => ID, { description: 'Global id of the care unit.' }) _unitId: string,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last alert that was received.' }) _after?: string,
  ): Edge<CaseAlert> {
    return edge
  }

  @FieldResolver(() => CareCase, { nullable: true, description: 'The case; reading it is logged.' })
  async careCase(@Root() { row }: CaseAlert, @Ctx() ctx: Context): Promise<CareCase | null> {
    const careCase = await ctx.loader(caseById).load(row.caseId)
    return careCase && toCareCase(careCase)
  }
}
