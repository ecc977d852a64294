import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Entities that other subgraphs own: here only their ids, and what this subgraph adds. Their owners describe them. */

@Directive('@key(fields: "id")')
@ObjectType()
export class Patient {
  @Field(() => ID)
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType()
export class CareUnit {
  @Field(() => ID)
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType()
export class CareCase {
  @Field(() => ID)
  id!: string
}
