import { type Json, type JsonObject, own } from '../upstream/json.js'

/**
 * Merges a subgraph's answer into the data so far. Objects are merged, lists of equal length item by item; anything else is replaced.
 * `target` may then share parts with `source`: pass `copy` when the same source is merged into several targets.
 */
export function merge(target: JsonObject, source: JsonObject, copy = false): void {
  for (const key in source) {
    const value = source[key]
    if (value === undefined) continue
    if (typeof value !== 'object' || value === null) {
      target[key] = value
      continue
    }
    const known = own(target, key)
    if (typeof known !== 'object' || known === null) target[key] = copy ? clone(value) : value
    else target[key] = merged(known, value, copy)
  }
}

function merged(known: Json[] | JsonObject, value: Json[] | JsonObject, copy: boolean): Json {
  if (Array.isArray(value)) {
    if (!Array.isArray(known) || known.length !== value.length) return copy ? clone(value) : value
    return known.map((item, index) => {
      const next = value[index] ?? null
      if (typeof item !== 'object' || item === null || typeof next !== 'object' || next === null) return copy ? clone(next) : next
      return merged(item, next, copy)
    })
  }
  if (Array.isArray(known)) return copy ? clone(value) : value
  merge(known, value, copy)
  return known
}

function clone(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(clone)
  const copy: JsonObject = {}
  for (const key in value) copy[key] = clone(value[key] ?? null)
  return copy
}
