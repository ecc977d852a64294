import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Entities that other subgraphs own: here only their ids, and what this subgraph adds to them. */

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person as a patient.' })
export class Patient {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A unit that gives care (vårdenhet).' })
export class CareUnit {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An employee of the care (medarbetare).' })
export class Staff {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}
