import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValueNode,
} from 'graphql'
import type { Variables } from './shape.js'

/** How much one operation may ask for. Checked before validation, which is itself costly for a crafted document. */
export interface Limits {
  bodyBytes: number
  /** Lexical tokens of the document. */
  tokens: number
  depth: number
  /** Fields after fragments are expanded. */
  fields: number
  aliases: number
  rootFields: number
  directives: number
  /** Largest `first` or `last`; 0 for no limit. */
  pageSize: number
  /** Most objects that nested pages may add up to; 0 for no limit. */
  pagedObjects: number
  /** Most requests to subgraphs in one plan. */
  fetches: number
}

export const defaultLimits: Limits = {
  bodyBytes: 262_144,
  tokens: 4_000,
  depth: 16,
  fields: 2_000,
  aliases: 100,
  rootFields: 20,
  directives: 60,
  pageSize: 100,
  pagedObjects: 20_000,
  fetches: 150,
}

type LimitCode = 'OPERATION_TOO_LARGE' | 'OPERATION_TOO_DEEP' | 'OPERATION_TOO_COMPLEX'

const refusal = (code: LimitCode, limit: string, max: number): GraphQLError =>
  new GraphQLError('', { extensions: { code, limit, max } })

interface Size {
  depth: number
  fields: number
  aliases: number
  directives: number
}

const nothing: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 }

/** Why the operation is too much, or null. Fragments count as often as they are used. */
export function tooMuch(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): GraphQLError | null {
  const measured = new Map<string, Size | null>()
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const d of document.definitions) if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d)

  const measure = (set: SelectionSetNode): Size => {
    const size = { ...nothing }
    for (const selection of set.selections) {
      size.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        // The standard introspection query is deep and harmless; its nesting has a validation rule of its own.
        const inner = selection.selectionSet && !selection.name.value.startsWith('__') ? measure(selection.selectionSet) : nothing
        add(size, inner, 1)
        size.fields += 1
        if (selection.alias) size.aliases += 1
      } else if (selection.kind === Kind.INLINE_FRAGMENT) add(size, measure(selection.selectionSet), 0)
      else add(size, measureFragment(selection.name.value), 0)
    }
    return size
  }
  const measureFragment = (name: string): Size => {
    const known = measured.get(name)
    // null: being measured, so a cycle, which validation refuses.
    if (known !== undefined) return known ?? nothing
    const fragment = fragments.get(name)
    if (!fragment) return nothing
    measured.set(name, null)
    const size = measure(fragment.selectionSet)
    measured.set(name, size)
    return size
  }

  const size = measure(operation.selectionSet)
  if (size.depth > limits.depth) return refusal('OPERATION_TOO_DEEP', 'depth', limits.depth)
  if (size.fields > limits.fields) return refusal('OPERATION_TOO_COMPLEX', 'fields', limits.fields)
  if (size.aliases > limits.aliases) return refusal('OPERATION_TOO_COMPLEX', 'aliases', limits.aliases)
  if (size.directives > limits.directives) return refusal('OPERATION_TOO_COMPLEX', 'directives', limits.directives)
  if (rootFields(operation.selectionSet, fragments, new Set()) > limits.rootFields)
    return refusal('OPERATION_TOO_COMPLEX', 'rootFields', limits.rootFields)
  return null
}

function add(size: Size, inner: Size, deeper: number): void {
  size.depth = Math.max(size.depth, inner.depth + deeper)
  size.fields += inner.fields
  size.aliases += inner.aliases
  size.directives += inner.directives
}

function rootFields(set: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>, seen: Set<string>): number {
  let count = 0
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) count += 1
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += rootFields(selection.selectionSet, fragments, seen)
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value)
      const fragment = fragments.get(selection.name.value)
      if (fragment) count += rootFields(fragment.selectionSet, fragments, seen)
    }
  }
  return count
}

/** Where an operation asks for pages: sizes by literal or variable, nested as the fields are. */
export interface Page {
  size: number | { variable: string }
  inner: Page[]
}

/** The pages of a validated operation; [] when it asks for none. */
export function pagesOf(document: DocumentNode, operation: OperationDefinitionNode): Page[] {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const d of document.definitions) if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d)
  const memo = new Map<string, Page[]>()
  const walk = (set: SelectionSetNode): Page[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return walk(selection.selectionSet)
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value
        const fragment = fragments.get(name)
        if (!memo.has(name) && fragment) memo.set(name, walk(fragment.selectionSet))
        return memo.get(name) ?? []
      }
      const inner = selection.selectionSet ? walk(selection.selectionSet) : []
      const size = pageSize(selection)
      return size === null ? inner : [{ size, inner }]
    })
  return walk(operation.selectionSet)
}

/** Why the pages are too large for these variables, or null. */
export function tooManyObjects(pages: Page[], variables: Variables, limits: Limits): GraphQLError | null {
  let largest = 0
  const count = (page: Page): number => {
    const asked = typeof page.size === 'number' ? page.size : variables[page.size.variable]
    const size = typeof asked === 'number' && asked > 0 ? asked : 1
    largest = Math.max(largest, size)
    return size * (1 + page.inner.reduce((sum, inner) => sum + count(inner), 0))
  }
  const total = pages.reduce((sum, page) => sum + count(page), 0)
  if (limits.pageSize > 0 && largest > limits.pageSize) return refusal('OPERATION_TOO_COMPLEX', 'pageSize', limits.pageSize)
  if (limits.pagedObjects > 0 && total > limits.pagedObjects)
    return refusal('OPERATION_TOO_COMPLEX', 'pagedObjects', limits.pagedObjects)
  return null
}

function pageSize(field: FieldNode): Page['size'] | null {
  for (const argument of field.arguments ?? []) {
    const { value: name } = argument.name
    if (name === 'first' || name === 'last') return sizeOf(argument.value)
  }
  return null
}

function sizeOf(value: ValueNode): Page['size'] | null {
  if (value.kind === Kind.INT) return Number(value.value)
  return value.kind === Kind.VARIABLE ? { variable: value.name.value } : null
}

/** Introspection of the schema switched off; `__typename` stays. */
export function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type')
        context.reportError(
          new GraphQLError('Introspection is switched off here.', {
            nodes: node,
            extensions: { code: 'INTROSPECTION_DISABLED' },
          }),
        )
    },
  }
}

/** Names that would reach JavaScript's own machinery. */
export function noReservedNames(context: ValidationContext): ASTVisitor {
  const refuse = (name: string, node: FieldNode): void => {
    if (name === '__proto__') context.reportError(new GraphQLError('The alias __proto__ is not allowed.', { nodes: node }))
  }
  return {
    Field: (node) => refuse(node.alias?.value ?? '', node),
    VariableDefinition(node) {
      if (node.variable.name.value === 'representations' || node.variable.name.value === '__proto__')
        context.reportError(new GraphQLError(`The variable name $${node.variable.name.value} is reserved.`, { nodes: node }))
    },
  }
}
