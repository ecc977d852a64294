import { Field, ID, InterfaceType } from 'type-graphql'
import { parseGlobalId } from './ids.js'

/** What `Query.node` can find. Every entity implements it; the id says which type it is of. */
@InterfaceType({
  description: 'Anything with an opaque global id (Relay).',
  // type-graphql would add the entities of every subgraph that the process has imported, also to another subgraph's schema.
  autoRegisterImplementations: false,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string
}

/**
 * Resolves a reference to a type that another subgraph owns: the owner says whether it exists, so here it is no more than its id.
 * Null for an id of another type.
 */
export const neighbour =
  <T extends { id: string }>(type: new () => T) =>
  ({ id }: { id: string }): T | null =>
    parseGlobalId(id)?.type === type.name ? Object.assign(new type(), { id }) : null
