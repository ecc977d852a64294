import type { FetchDataRewrite } from '@apollo/query-planner'
import type { TypeTable } from '../plan/type-table.js'
import { isObject, type Json, type JsonObject, own } from '../upstream/json.js'

/** A change the planner wants made to a representation before it is sent, or to an answer before it is merged. */
export interface Rewrite {
  path: ({ field: string } | { type: string })[]
  field: string
  change: { setTo: Json } | { renameTo: string }
}

const FRAGMENT = '... on '

export function rewrites(planned: FetchDataRewrite[] | undefined): Rewrite[] {
  return (planned ?? []).flatMap((rewrite) => {
    const field = rewrite.path.at(-1)
    if (field === undefined) return []
    const path = rewrite.path
      .slice(0, -1)
      .map((step) => (step.startsWith(FRAGMENT) ? { type: step.slice(FRAGMENT.length) } : { field: step }))
    return [
      { path, field, change: rewrite.kind === 'ValueSetter' ? { setTo: rewrite.setValueTo } : { renameTo: rewrite.renameKeyTo } },
    ]
  })
}

/** Applies the rewrites in place. */
export function rewrite(value: Json | undefined, all: Rewrite[], types: TypeTable): void {
  for (const one of all) walk(value, one, 0, types)
}

function walk(value: Json | undefined, rewrite: Rewrite, depth: number, types: TypeTable): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, rewrite, depth, types)
    return
  }
  if (!isObject(value)) return
  const step = rewrite.path[depth]
  if (!step) change(value, rewrite)
  else if ('field' in step) walk(own(value, step.field), rewrite, depth + 1, types)
  else if (types.matches(value, step.type, true)) walk(value, rewrite, depth + 1, types)
}

function change(object: JsonObject, { field, change }: Rewrite): void {
  if ('setTo' in change) {
    object[field] = change.setTo
    return
  }
  const value = own(object, field)
  if (value === undefined) return
  object[change.renameTo] = value
  delete object[field]
}
