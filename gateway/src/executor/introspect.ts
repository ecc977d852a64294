import { type ExecutionResult, executeSync, type FieldNode, Kind } from 'graphql'
import type { Variables } from '../plan/fields.js'
import type { PreparedOperation } from '../plan/operations.js'

/** Answers the root fields `__schema` and `__type` from the API schema. */
export function introspect(
  operation: PreparedOperation,
  selections: readonly FieldNode[],
  variables: Variables,
): ExecutionResult {
  const definition = { ...operation.definition, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const
  const fragments = operation.document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION)
  return executeSync({
    schema: operation.apiSchema,
    document: { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] },
    variableValues: variables,
  })
}
