import { type Completer, type Field, type Selection, type Shape, TYPENAME } from '../plan/shape.js'
import { isObject, type Json, type JsonObject } from '../upstream/json.js'

/** A place where the data does not fit the schema. Where the schema demands a value, the parent becomes null. */
export interface Misfit {
  message: string
  path: (string | number)[]
}

/**
 * The answer in the operation's shape: ordered, without fields that were not asked for, with nulls carried up to the nearest nullable
 * parent. An entity that does not exist is null without an error where the schema allows null.
 */
export function applyShape(
  shape: Shape,
  data: JsonObject,
  absent: ReadonlySet<JsonObject>,
): { data: JsonObject | null; misfits: Misfit[] } {
  const state: State = { path: [], misfits: [], absent }
  const shaped = completeSelection(shape.root, undefined, data, state)
  return { data: typeof shaped === 'symbol' ? null : shaped, misfits: state.misfits }
}

interface State {
  path: (string | number)[]
  misfits: Misfit[]
  absent: ReadonlySet<JsonObject>
}

/** In place of a value: there is none, but the schema demands one. */
const INVALID: unique symbol = Symbol('invalid')
/** In place of a value: there is no such entity, or the value is hidden from clients. Not an error where the schema allows null. */
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
    // Hidden from clients: as if it did not exist.
    if (completer.hidden.has(value)) return ABSENT
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
      if (typeof typename === 'string' && completer.selection.hides(typename)) return ABSENT
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
