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
import { isObject, type Json, type JsonObject } from './json.js'

/** How an answer must look: the operation's selections against the API schema, worked out once per operation and set of conditions. */
export interface Shape {
  root: Selection
  /** Root fields of introspection, answered by the gateway itself. */
  introspection: FieldNode[]
}

export type Variables = Readonly<Record<string, unknown>>

/** A place where the data does not fit the schema; the parent was nulled where the schema demands a value. */
export interface Misfit {
  message: string
  path: (string | number)[]
}

type Leaf = (value: Json) => boolean
type Completer =
  | { is: 'leaf'; fits: Leaf; type: string }
  | { is: 'object'; selection: Selection; type: string }
  | { is: 'list'; of: Completer; ofNonNull: boolean; type: string }

interface Field {
  name: string
  parent: string
  completer: Completer
  nonNull: boolean
  /** True for names that every JavaScript object seems to have, such as `constructor`. */
  inherited: boolean
}

const TYPENAME = '__typename'
type Entry = Field | { name: string; typename: true }

/** The fields of one selection set, by the type the object turns out to have. */
class Selection {
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
    return { is: 'leaf', fits: leafCheck(type), type: type.name }
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

/** @param variables coerced variables: only those of `@skip` and `@include` are read. */
export function compileShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Shape {
  const compiler = new Compiler(schema, document, variables)
  const type = schema.getRootType(operation.operation)
  if (!type) throw new Error(`the schema has no ${operation.operation}`)
  const root = new Selection(compiler, type, [operation.selectionSet])
  root.entries(undefined)
  return { root, introspection: compiler.introspection }
}

/**
 * The answer in the operation's shape: order, aliases, hidden fields dropped, nulls carried up to the nearest nullable parent.
 * An absent entity is null without a misfit where the schema lets it be null: that there is nothing is an answer.
 */
export function applyShape(
  shape: Shape,
  data: JsonObject,
  absent: Pick<WeakSet<JsonObject>, 'has'>,
): { data: JsonObject | null; misfits: Misfit[] } {
  const state: State = { path: [], misfits: [], absent }
  const shaped = completeSelection(shape.root, undefined, data, state)
  return { data: typeof shaped === 'symbol' ? null : shaped, misfits: state.misfits }
}

interface State {
  path: (string | number)[]
  misfits: Misfit[]
  absent: Pick<WeakSet<JsonObject>, 'has'>
}

/** Not a value but the news that there is none where there must be one. */
const INVALID: unique symbol = Symbol('invalid')
/** The same, and its owner said that there is no such entity: the schema may have foreseen it. */
const ABSENT: unique symbol = Symbol('absent')
type Missing = typeof INVALID | typeof ABSENT
const isMissing = (value: Json | Missing): value is Missing | null => value === null || typeof value === 'symbol'

function completeSelection(
  selection: Selection,
  typename: string | undefined,
  input: JsonObject,
  state: State,
): JsonObject | Missing {
  const entries = selection.entries(typename)
  if (!entries) return INVALID
  const output: JsonObject = {}
  for (const entry of entries) {
    if ('typename' in entry) {
      const name = selection.nameOf(typename)
      if (name === null) return INVALID
      output[entry.name] = name
      continue
    }
    const value = entry.inherited && !Object.hasOwn(input, entry.name) ? null : (input[entry.name] ?? null)
    state.path.push(entry.name)
    const completed = value === null ? null : complete(entry.completer, value, state, entry)
    if (entry.nonNull && isMissing(completed)) {
      const absent = completed === null && state.absent.has(input)
      if (completed !== INVALID && !absent)
        misfit(state, `Cannot return null for non-nullable field ${entry.parent}.${entry.name}.`)
      state.path.pop()
      return absent ? ABSENT : INVALID
    }
    state.path.pop()
    output[entry.name] = isMissing(completed) ? null : completed
  }
  return output
}

function complete(completer: Completer, value: Json, state: State, field: Field): Json | Missing {
  if (completer.is === 'leaf') {
    if (completer.fits(value)) return value
    misfit(state, `Invalid value for ${completer.type} in ${field.parent}.${field.name}.`)
    return INVALID
  }
  if (completer.is === 'object') {
    if (!isObject(value)) {
      misfit(state, `Expected an object for ${field.parent}.${field.name}.`)
      return INVALID
    }
    const typename = value[TYPENAME]
    if (typename !== undefined && (typeof typename !== 'string' || !completer.selection.entries(typename))) {
      misfit(state, `Invalid __typename in ${field.parent}.${field.name}.`)
      return INVALID
    }
    return completeSelection(completer.selection, typename, value, state)
  }
  if (!Array.isArray(value)) {
    misfit(state, `Expected a list for ${field.parent}.${field.name}.`)
    return INVALID
  }
  return completeList(completer, value, state, field)
}

function completeList(
  completer: Extract<Completer, { is: 'list' }>,
  values: Json[],
  state: State,
  field: Field,
): Json[] | Missing {
  const list = new Array<Json>(values.length)
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null
    state.path.push(index)
    const completed = value === null ? null : complete(completer.of, value, state, field)
    if (completer.ofNonNull && isMissing(completed)) {
      if (completed !== INVALID) misfit(state, `Cannot return null for an item of ${field.parent}.${field.name}.`)
      state.path.pop()
      return INVALID
    }
    state.path.pop()
    list[index] = isMissing(completed) ? null : completed
  }
  return list
}

function misfit(state: State, message: string): void {
  state.misfits.push({ message, path: [...state.path] })
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
