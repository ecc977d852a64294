import { type Json, type JsonObject, own } from '../upstream/json.js'

/** In a path of the plan: each item of the list. */
const LIST = '@'

/** Adds to `found` all objects under `value` along `path`, in the order of the answer; nulls are passed over. */
export function collectObjects(value: Json | undefined, path: readonly string[], found: JsonObject[], depth = 0): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    const next = path[depth] === LIST ? depth + 1 : depth
    for (const item of value) collectObjects(item, path, found, next)
    return
  }
  const key = path[depth]
  if (key === undefined) found.push(value)
  else collectObjects(own(value, key), path, found, depth + 1)
}

/** The concrete paths, with indexes, of what `collectObjects` finds, in the same order. */
export function concretePaths(root: JsonObject, path: readonly string[]): (string | number)[][] {
  const places: (string | number)[][] = []
  const walk = (value: Json | undefined, depth: number, place: (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      const next = path[depth] === LIST ? depth + 1 : depth
      value.forEach((item, index) => {
        walk(item, next, [...place, index])
      })
      return
    }
    const key = path[depth]
    if (key === undefined) places.push(place)
    else walk(own(value, key), depth + 1, [...place, key])
  }
  walk(root, 0, [])
  return places
}

/** The path up to its first list: the place of an error that concerns all items. */
export function upToFirstList(path: readonly string[]): readonly string[] {
  const firstList = path.indexOf(LIST)
  return firstList === -1 ? path : path.slice(0, firstList)
}
