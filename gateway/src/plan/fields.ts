import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

export type Variables = Readonly<Record<string, unknown>>

/** The fields that an operation selects of an object of a known type, after fragments, `@skip` and `@include`. */
export class FieldCollector {
  private readonly fragments = new Map<string, FragmentDefinitionNode>()

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition)
  }

  /** The fields by response name, in the order of the answer. */
  of(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>()
    const seen = new Set<string>()
    for (const set of sets) this.collect(type, set.selections, fields, seen)
    return fields
  }

  private collect(
    type: GraphQLCompositeType,
    selections: readonly SelectionNode[],
    fields: Map<string, FieldNode[]>,
    seen: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.included(selection)) continue
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value
        const known = fields.get(name)
        if (known) known.push(selection)
        else fields.set(name, [selection])
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
      if (!fragment || (selection.kind === Kind.FRAGMENT_SPREAD && seen.has(selection.name.value))) continue
      if (selection.kind === Kind.FRAGMENT_SPREAD) seen.add(selection.name.value)
      if (this.applies(type, fragment.typeCondition?.name.value))
        this.collect(type, fragment.selectionSet.selections, fields, seen)
    }
  }

  private applies(type: GraphQLCompositeType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true
    const wanted = this.schema.getType(condition)
    return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && this.schema.isSubType(wanted, type)
  }

  private included(node: SelectionNode): boolean {
    return (node.directives ?? []).every((directive) => {
      const name = directive.name.value
      if (name !== 'skip' && name !== 'include') return true
      const value = directive.arguments?.find((a) => a.name.value === 'if')?.value
      const truth =
        value?.kind === Kind.BOOLEAN ? value.value : value?.kind === Kind.VARIABLE && this.variables[value.name.value] === true
      return name === 'include' ? truth : !truth
    })
  }
}
