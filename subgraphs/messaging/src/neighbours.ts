import { Access, allow } from '@vardgraf/access'
import { neighbour } from '@vardgraf/relay'
import type { Feature } from '@vardgraf/service'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Context, Services } from './context.js'

/** Entities that other subgraphs own: here only their ids, and what this subgraph adds to them. */

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person as a patient.' })
export class Patient {
  @Access(allow)
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A unit that gives care (vårdenhet).' })
export class CareUnit {
  @Access(allow)
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An employee of the care (medarbetare).' })
export class Staff {
  @Access(allow)
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string
}

export const neighbours: Feature<Context, Services> = {
  references: { Patient: neighbour(Patient), CareUnit: neighbour(CareUnit) },
}
