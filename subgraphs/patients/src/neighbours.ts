import { Access, isAuthenticated } from '@vardgraf/access'
import { localKey, Node } from '@vardgraf/relay'
import type { Feature, ReferenceResolver } from '@vardgraf/service'
import { type ClassType, Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Context, Services } from './context.js'

/** What another subgraph owns: here it is no more than its id, and only the owner says whether the viewer may see it. */
interface Pointer extends Node {
  nodeId: string
}

/**
 * The class of a type of another subgraph, so that `Query.node` can point at it. The key is `nodeId`, not `id`: `id` is external,
 * so that the gateway always asks the owner, and what the viewer may not see has no id either.
 */
function pointerTo(name: string, description: string): ClassType<Pointer> {
  @Access(isAuthenticated)
  @Directive('@key(fields: "nodeId", resolvable: false)')
  @ObjectType(name, { implements: Node, description })
  class Neighbour implements Pointer {
    @Directive('@inaccessible')
    @Field(() => ID, { description: 'The same as `id`: the key by which `Query.node` finds it.' })
    nodeId!: string

    @Directive('@external')
    @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
    id!: string
  }
  return Neighbour
}

/** The types of other subgraphs that `Query.node` finds, by name. */
const pointers = {
  Visit: pointerTo('Visit', 'A visit (besök): digital or physical.'),
  CareCase: pointerTo('CareCase', 'A patient’s case (ärende), from triage to its end.'),
  ChatMessage: pointerTo('ChatMessage', 'A message in the chat of a case.'),
  Questionnaire: pointerTo('Questionnaire', 'A version of a triage questionnaire (FHIR Questionnaire).'),
}

/** A pointer to what need not exist; null for an id of another type, and for anonymous viewers. */
const pointing =
  (name: string, type: ClassType<Pointer>): ReferenceResolver<Context> =>
  ({ id }, { viewer }) =>
    viewer.kind === 'ANONYMOUS' || localKey(id, name) === null ? null : Object.assign(new type(), { nodeId: id, id })

export const neighbours: Feature<Context, Services> = {
  types: Object.values(pointers),
  references: Object.fromEntries(Object.entries(pointers).map(([name, type]) => [name, pointing(name, type)])),
}
