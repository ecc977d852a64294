import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { Rewrite } from '../plan/rewrites.js'
import type { TypeTable } from '../plan/type-table.js'
import { isObject, type Json, type JsonObject, own } from '../upstream/json.js'
import { merge } from './merge.js'
import { rewrite } from './rewrites.js'

/** The entities of a fetch as they are sent to the subgraph, each different one once. */
export interface Representations {
  /** JSON texts, in the order they are sent. */
  texts: string[]
  /** For each text, the indexes of the objects that its answer belongs to. */
  owners: number[][]
}

/** Builds the representations of `entities`. An entity that lacks a required field is left out, as the query plan demands. */
export function representations(
  entities: readonly JsonObject[],
  requires: QueryPlanSelectionNode[],
  inputRewrites: Rewrite[],
  types: TypeTable,
): Representations {
  const texts: string[] = []
  const owners: number[][] = []
  const seen = new Map<string, number[]>()
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index]
    if (!entity) continue
    const text = represent(entity, requires, inputRewrites, types)
    if (text === null) continue
    const known = seen.get(text)
    if (known) {
      known.push(index)
      continue
    }
    const ownersOfThis = [index]
    seen.set(text, ownersOfThis)
    texts.push(text)
    owners.push(ownersOfThis)
  }
  return { texts, owners }
}

function represent(
  entity: JsonObject,
  requires: QueryPlanSelectionNode[],
  inputRewrites: Rewrite[],
  types: TypeTable,
): string | null {
  const only = inputRewrites.length === 0 ? onlyMatch(entity, requires, types) : null
  // Nearly always one fragment applies, and it has leaf fields only: then the JSON text is written directly.
  if (only) {
    const flat = flatText(entity, only)
    if (flat !== undefined) return flat
  }
  const representation = select(entity, requires, types)
  if (!representation || typeof own(representation, '__typename') !== 'string') return null
  rewrite(representation, inputRewrites, types)
  return JSON.stringify(representation)
}

function onlyMatch(entity: JsonObject, requires: QueryPlanSelectionNode[], types: TypeTable): QueryPlanSelectionNode[] | null {
  let match: QueryPlanSelectionNode[] | null = null
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return null
    if (!types.matches(entity, selection.typeCondition, false)) continue
    if (match) return null
    match = selection.selections
  }
  return match
}

/** The JSON of leaf fields; null when one is missing, undefined when the shape is not flat. */
function flatText(entity: JsonObject, selections: QueryPlanSelectionNode[]): string | null | undefined {
  let text = '{'
  let typed = false
  for (const selection of selections) {
    if (selection.kind !== 'Field' || selection.selections?.length) return undefined
    const name = nameOf(selection)
    const value = own(entity, name)
    if (value === undefined) return null
    if (name === '__typename' && typeof value === 'string') typed = true
    text += `${text.length > 1 ? ',' : ''}"${name}":${JSON.stringify(value)}`
  }
  return typed ? `${text}}` : null
}

function select(source: JsonObject, selections: readonly QueryPlanSelectionNode[], types: TypeTable): JsonObject | null {
  const result: JsonObject = {}
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = nameOf(selection)
      const value = own(source, name)
      if (value === undefined) return null
      result[name] = selection.selections?.length ? selectIn(value, selection.selections, types) : value
    } else if (selection.typeCondition && types.matches(source, selection.typeCondition, false)) {
      const part = select(source, selection.selections, types)
      if (part) merge(result, part, true)
    }
  }
  return result
}

function selectIn(value: Json, selections: readonly QueryPlanSelectionNode[], types: TypeTable): Json {
  if (Array.isArray(value)) return value.map((item) => selectIn(item, selections, types))
  return isObject(value) ? select(value, selections, types) : null
}

const nameOf = (field: QueryPlanFieldNode): string => field.alias ?? field.name
