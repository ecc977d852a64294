import type { Rewrite } from '../plan/rewrites.js'
import type { TypeTable } from '../plan/type-table.js'
import { isObject, type Json, type JsonObject, own } from '../upstream/json.js'

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
