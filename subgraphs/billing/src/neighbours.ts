import { Access, type CareCaseFact, type VisitFact } from '@vardgraf/access'
import { globalId } from '@vardgraf/relay'
import type { Feature } from '@vardgraf/service'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Context, Services } from './context.js'
import { cases, visits } from './quote/access.js'

// Entities that other subgraphs own: here their ids, and what billing adds. `row` is what their owners tell of them.

@Access(visits.rule)
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A meeting between a patient and the care (besök), digital or not.' })
export class Visit {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string

  row!: VisitFact
}

@Access(cases.rule)
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A matter that a patient has with the care (ärende).' })
export class CareCase {
  @Field(() => ID, { description: 'Opaque global id.' })
  id!: string

  row!: CareCaseFact
}

export const neighbours: Feature<Context, Services> = {
  // Reached by their keys alone.
  types: [Visit, CareCase],
  references: {
    Visit: visits.reference((row) => Object.assign(new Visit(), { id: globalId('Visit', row.id), row })),
    CareCase: cases.reference((row) => Object.assign(new CareCase(), { id: globalId('CareCase', row.id), row })),
  },
}
