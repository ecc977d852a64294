import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Json } from '../upstream/json.js'
import type { TypeTable } from './type-table.js'

/** How an answer must look: the operation's selections against the API schema, worked out once per operation and set of conditions. */
export interface Shape {
  root: Selection
  /** Root fields of introspection, answered by the gateway itself. */
  introspection: FieldNode[]
}

export type Variables = Readonly<Record<string, unknown>>

type Leaf = (value: Json) => boolean
/** How one value is checked; lists and objects go on inside. */
export type Completer =
  | { is: 'leaf'; fits: Leaf; hidden: ReadonlySet<unknown>; type: string }
  | { is: 'object'; selection: Selection; type: string }
  | { is: 'list'; of: Completer; ofNonNull: boolean; type: string }

export interface Field {
  name: string
  parent: string
  completer: Completer
  nonNull: boolean
  /** True for names that every JavaScript object seems to have, such as `constructor`. */
  inherited: boolean
}

export const TYPENAME = '__typename'
type Entry = Field | { name: string; typename: true }

/** The fields of one selection set, by the type the object turns out to have. */
export class Selection {
  private readonly byType = new Map<string, Entry[] | null>()

  constructor(
    private readonly compiler: Compiler,
    readonly staticType: GraphQLCompositeType,
    private readonly sets: readonly SelectionSetNode[],
  ) {}

  /** null when the API schema has no such type. */
  entries(typename: string | undefined): Entry[] | null {
    const name = typename ?? this.staticType.name
    let entries = this.byType.get(name)
    if (entries === undefined) {
      const type = typename === undefined ? this.staticType : this.compiler.schema.getType(typename)
      // A subgraph may answer any name: only names of the schema are remembered.
      if (!isCompositeType(type)) return null
      entries = this.compiler.entries(type, this.staticType, this.sets)
      this.byType.set(name, entries)
    }
    return entries
  }

  /** Whether a type exists that clients are not to know. */
  hides(typename: string): boolean {
    return this.compiler.types?.hides(typename) === true
  }

  /** The name to answer for `__typename`, or null when only an interface is known. */
  nameOf(typename: string | undefined): string | null {
    const type = this.compiler.schema.getType(typename ?? this.staticType.name)
    return isObjectType(type) ? type.name : null
  }
}

class Compiler {
  private readonly fragments = new Map<string, FragmentDefinitionNode>()
  readonly introspection: FieldNode[] = []

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
    readonly types: TypeTable | undefined,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition)
  }

  entries(type: GraphQLCompositeType, staticType: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Entry[] {
    const fields = new Map<string, FieldNode[]>()
    const seen = new Set<string>()
    for (const set of sets) this.collect(type, set.selections, fields, seen)
    const entries: Entry[] = []
    for (const [name, nodes] of fields) {
      const entry = this.entry(type, staticType, name, nodes)
      if (entry) entries.push(entry)
    }
    return entries
  }

  private entry(type: GraphQLCompositeType, staticType: GraphQLCompositeType, name: string, nodes: FieldNode[]): Entry | null {
    const node = nodes[0]
    const field = node?.name.value
    if (!node || field === undefined) return null
    if (field === TYPENAME) return { name, typename: true }
    if (field === '__schema' || field === '__type') {
      this.introspection.push(...nodes)
      return null
    }
    const owner = 'getFields' in type ? type : staticType
    const definition = 'getFields' in owner ? owner.getFields()[field] : undefined
    if (!definition) return null
    const sets = nodes.flatMap((n) => (n.selectionSet ? [n.selectionSet] : []))
    const completer = this.completer(definition.type, sets)
    return { name, parent: owner.name, completer, nonNull: isNonNullType(definition.type), inherited: name in Object.prototype }
  }

  private completer(type: GraphQLOutputType, sets: SelectionSetNode[]): Completer {
    if (isNonNullType(type)) return this.completer(type.ofType, sets)
    if (isListType(type)) {
      const nonNull = isNonNullType(type.ofType)
      return { is: 'list', of: this.completer(type.ofType, sets), ofNonNull: nonNull, type: String(getNamedType(type)) }
    }
    if (isCompositeType(type)) return { is: 'object', selection: new Selection(this, type, sets), type: type.name }
    return { is: 'leaf', fits: leafCheck(type), hidden: this.hiddenValues(type), type: type.name }
  }

  private hiddenValues(type: GraphQLOutputType): ReadonlySet<unknown> {
    return isEnumType(type) && this.types ? this.types.valuesOf(type.name) : new Set()
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

/** @param variables coerced variables: only those of `@skip` and `@include` are read
 *  @param types knows what the API schema hides */
export function compileShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  types?: TypeTable,
): Shape {
  const compiler = new Compiler(schema, document, variables, types)
  const type = schema.getRootType(operation.operation)
  if (!type) throw new Error(`the schema has no ${operation.operation}`)
  const root = new Selection(compiler, type, [operation.selectionSet])
  root.entries(undefined)
  return { root, introspection: compiler.introspection }
}

function leafCheck(type: GraphQLOutputType): Leaf {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name))
    return (value) => typeof value === 'string' && names.has(value)
  }
  switch (String(type)) {
    case 'Int':
      return (value) => Number.isInteger(value)
    case 'Float':
      return (value) => typeof value === 'number'
    case 'String':
      return (value) => typeof value === 'string'
    case 'Boolean':
      return (value) => typeof value === 'boolean'
    case 'ID':
      return (value) => typeof value === 'string' || typeof value === 'number'
    default:
      return () => true
  }
}
