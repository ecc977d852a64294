import { Node, parseGlobalId } from '@vardgraf/relay'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { isStubName, stubOf } from '../neighbours.js'
import { references } from '../references.js'

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its global id; null for what does not exist or what the viewer may not see.',
  })
  async node(@Arg('id', () => ID, { description: 'Global id.' }) id: string, @Ctx() ctx: Context): Promise<Node | null> {
    const { type, key } = parseGlobalId(id) ?? { type: '', key: '' }
    if (isStubName(type)) return ctx.viewer.kind === 'ANONYMOUS' ? null : stubOf(type, key)
    return isOwnType(type) ? references[type]({ id }, ctx) : null
  }
}

const isOwnType = (type: string): type is keyof typeof references => Object.hasOwn(references, type)
