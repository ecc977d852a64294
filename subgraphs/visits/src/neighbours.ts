import { Access, allow } from '@vardgraf/access'
import { neighbour } from '@vardgraf/relay'
import type { Feature } from '@vardgraf/service'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Context, Services } from './context.js'

// Entities that other subgraphs own. Here they are an id that the viewer has been given, or brings along; their owners describe them, and
// what this subgraph adds to them decides for itself who may see it.

@Directive('@key(fields: "id")')
@ObjectType()
export class Patient {
  @Access(allow)
  @Field(() => ID)
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType()
export class CareUnit {
  @Access(allow)
  @Field(() => ID)
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType()
export class CareCase {
  @Access(allow)
  @Field(() => ID)
  id!: string
}

export const neighbours: Feature<Context, Services> = {
  references: { Patient: neighbour(Patient), CareUnit: neighbour(CareUnit), CareCase: neighbour(CareCase) },
}
