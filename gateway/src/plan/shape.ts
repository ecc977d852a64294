import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Variables } from './fields.js'
import { FieldCollector } from './fields.js'
import { type LeafCheck, leafCheck } from './leaf.js'
import type { TypeTable } from './type-table.js'

/** How an answer must look by the operation and the API schema; computed once for an operation and its conditions. */
export interface Shape {
  root: Selection
  /** Root fields of introspection, answered by the gateway itself. */
  introspection: FieldNode[]
}

/** How one value is checked; a list or an object holds the check of what is inside. */
export type Completer =
  | { is: 'leaf'; fits: LeafCheck; hidden: ReadonlySet<unknown>; type: string }
  | { is: 'object'; selection: Selection; type: string }
  | { is: 'list'; of: Completer; ofNonNull: boolean; type: string }

export interface Field {
  name: string
  parent: string
  completer: Completer
  nonNull: boolean
  /** True for names that every JavaScript object inherits, such as `constructor`. */
  inherited: boolean
}

export const TYPENAME = '__typename'
type Entry = Field | { name: string; typename: true }

/** The fields of one selection set, by the type of the object in the answer. */
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
      // A subgraph may answer any name, so only names of the schema are cached.
      if (!isCompositeType(type)) return null
      entries = this.compiler.entries(type, this.staticType, this.sets)
      this.byType.set(name, entries)
    }
    return entries
  }

  /** Whether the type exists but is hidden from clients. */
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
  private readonly fields: FieldCollector
  readonly introspection: FieldNode[] = []

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    variables: Variables,
    readonly types: TypeTable | undefined,
  ) {
    this.fields = new FieldCollector(schema, document, variables)
  }

  entries(type: GraphQLCompositeType, staticType: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Entry[] {
    const entries: Entry[] = []
    for (const [name, nodes] of this.fields.of(type, sets)) {
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
}

/** @param variables coerced variables: only those of `@skip` and `@include` are read
 *  @param types the full schema, with what the API schema hides */
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
