import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { type Limits, tooMuch } from './limits.js'

interface Size {
  depth: number
  fields: number
  aliases: number
  directives: number
}

const nothing: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 }

/** Why the operation is too large, or null. A fragment counts each time it is used. */
export function oversize(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): GraphQLError | null {
  const measured = new Map<string, Size | null>()
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const d of document.definitions) if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d)

  const measure = (set: SelectionSetNode): Size => {
    const size = { ...nothing }
    for (const selection of set.selections) {
      size.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        // The standard introspection query is deep but harmless. A validation rule limits its nesting.
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
    // null: it is being measured, so this is a cycle; validation refuses it later.
    if (known !== undefined) return known ?? nothing
    const fragment = fragments.get(name)
    if (!fragment) return nothing
    measured.set(name, null)
    const size = measure(fragment.selectionSet)
    measured.set(name, size)
    return size
  }

  const size = measure(operation.selectionSet)
  if (size.depth > limits.depth) return tooMuch('OPERATION_TOO_DEEP', 'depth', limits.depth)
  if (size.fields > limits.fields) return tooMuch('OPERATION_TOO_COMPLEX', 'fields', limits.fields)
  if (size.aliases > limits.aliases) return tooMuch('OPERATION_TOO_COMPLEX', 'aliases', limits.aliases)
  if (size.directives > limits.directives) return tooMuch('OPERATION_TOO_COMPLEX', 'directives', limits.directives)
  if (rootFields(operation.selectionSet, fragments, new Set()) > limits.rootFields)
    return tooMuch('OPERATION_TOO_COMPLEX', 'rootFields', limits.rootFields)
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
