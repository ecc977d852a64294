import { Access, allow } from '@vardgraf/access'
import { Node, parseGlobalId } from '@vardgraf/relay'
import type { ReferenceResolver } from '@vardgraf/service'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../context.js'

/** References by type: each decides itself what the viewer may see. */
export function nodeResolver(references: ReadonlyMap<string, ReferenceResolver<Context>>) {
  @Resolver()
  class NodeResolver {
    @Access(allow)
    @Query(() => Node, {
      nullable: true,
      description: 'Anything by its global id; null for what does not exist or what the viewer may not see.',
    })
    async node(@Arg('id', () => ID, { description: 'Global id.' }) id: string, @Ctx() ctx: Context): Promise<object | null> {
      const type = parseGlobalId(id)?.type ?? ''
      return references.get(type)?.({ __typename: type, id }, ctx) ?? null
    }
  }
  return NodeResolver
}
