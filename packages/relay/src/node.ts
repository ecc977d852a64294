import { Field, ID, InterfaceType } from 'type-graphql'

/** What `Query.node` can find. Every entity implements it; the id says which type it is of. */
@InterfaceType({ description: 'Anything with an opaque global id (Relay).' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string
}
