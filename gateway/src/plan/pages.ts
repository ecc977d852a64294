import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import type { Variables } from './fields.js'
import { type Limits, tooMuch } from './limits.js'

/** One place where an operation asks for a page, with the pages inside it. The size is a number or a variable. */
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
  if (limits.pageSize > 0 && largest > limits.pageSize) return tooMuch('OPERATION_TOO_COMPLEX', 'pageSize', limits.pageSize)
  if (limits.pagedObjects > 0 && total > limits.pagedObjects)
    return tooMuch('OPERATION_TOO_COMPLEX', 'pagedObjects', limits.pagedObjects)
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
