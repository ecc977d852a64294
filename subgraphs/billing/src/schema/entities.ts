import type { CareCaseFact, VisitFact } from '@vardgraf/access'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Entities that other subgraphs own: here their ids, and what billing adds. Made only where the viewer may see them. */

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A meeting between a patient and the care (besök), digital or not.' })
export class Visit {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string

  /** What the quote is worked out from; not part of the graph. */
  fact!: VisitFact
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A matter that a patient has with the care (ärende).' })
export class CareCase {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string

  /** What the quote is worked out from; not part of the graph. */
  fact!: CareCaseFact
}
