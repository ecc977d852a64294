import { globalId, Node } from '@vardgraf/relay'
import { type ClassType, Directive, Field, ID, ObjectType } from 'type-graphql'

/** What another subgraph owns: here it is no more than its id, and only the owner says whether the viewer may see it. */
interface Elsewhere extends Node {
  nodeId: string
}

/**
 * The class of a type of another subgraph, so that `Query.node` can point at it. The key is `nodeId`, not `id`: `id` is external,
 * so that the gateway always asks the owner, and what the viewer may not see has no id either.
 */
function ownedElsewhere(name: string, description: string): ClassType<Elsewhere> {
  @Directive('@key(fields: "nodeId", resolvable: false)')
  @ObjectType(name, { implements: Node, description })
  class Stub implements Elsewhere {
    @Directive('@inaccessible')
    @Field(() => ID, { description: 'The same as `id`: the key by which `Query.node` finds it.' })
    nodeId!: string

    @Directive('@external')
    @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
    id!: string
  }
  return Stub
}

/** The types of other subgraphs that `Query.node` finds, by name. */
export const stubs = {
  Visit: ownedElsewhere('Visit', 'A visit (besök): digital or physical.'),
  CareCase: ownedElsewhere('CareCase', 'A patient’s case (ärende), from triage to its end.'),
  ChatMessage: ownedElsewhere('ChatMessage', 'A message in the chat of a case.'),
  Questionnaire: ownedElsewhere('Questionnaire', 'A version of a triage questionnaire (FHIR Questionnaire).'),
} as const
export type StubName = keyof typeof stubs

export const isStubName = (type: string): type is StubName => Object.hasOwn(stubs, type)

/** A pointer to an entity of another subgraph; it need not exist. */
export function stubOf(type: StubName, key: string): Elsewhere {
  const id = globalId(type, key)
  return Object.assign(new stubs[type](), { nodeId: id, id })
}
