import { GraphError } from '@vardgraf/errors'
import { isStorable } from '@vardgraf/process'

const MAX_KEY_CHARACTERS = 64

/** A client-made key. @throws GraphError BAD_USER_INPUT when it is empty, too long, or nothing that can be stored as it is. */
export function requireKey(key: string): string {
  if (key.length === 0 || key.length > MAX_KEY_CHARACTERS || !isStorable(key))
    throw new GraphError('BAD_USER_INPUT', {
      argument: 'idempotencyKey',
      expected: `1 to ${MAX_KEY_CHARACTERS} characters, well-formed and without NUL`,
    })
  return key
}
