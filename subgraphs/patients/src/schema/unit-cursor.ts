import { GraphError } from '@vardgraf/errors'
import { decodeCursor } from '@vardgraf/subgraph'
import type { CareUnitRow, UnitPlace } from '../loaders/care-units.js'

/** What a cursor stands for: the unit's place in the order, so that it stays good when units are added, renamed or gone. */
export const cursorOf = ({ name, hsaId }: CareUnitRow): string => JSON.stringify([name, hsaId] satisfies UnitPlace)

/** The place that a client's cursor stands for; null without a cursor.
 *  @throws GraphError BAD_USER_INPUT when it is not one of ours. */
export function placeAt(cursor: string | null | undefined): UnitPlace | null {
  const text = decodeCursor(cursor)
  return text === null ? null : parsePlace(text)
}

function parsePlace(text: string): UnitPlace {
  try {
    const place: unknown = JSON.parse(text)
    if (Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string'))
      return place as [string, string]
  } catch {
    // Told below, like any other text that is no place.
  }
  throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor from an earlier page' })
}
