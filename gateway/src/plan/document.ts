import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, parse } from 'graphql'
import { type Limits, tooMuch } from './limits.js'
import { coded, Refused } from './refused.js'

/** @throws Refused when the text is not a GraphQL document, or has too many tokens. */
export function parseDocument(query: string, limits: Limits): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    // graphql-js parses by recursion: a document that overflows the stack is too deep.
    if (error instanceof RangeError) throw new Refused([new GraphQLError('', { extensions: { code: 'OPERATION_TOO_DEEP' } })])
    if (!(error instanceof GraphQLError)) throw error
    if (/Document contains more tha[nt] /.test(error.message))
      throw new Refused([tooMuch('OPERATION_TOO_LARGE', 'tokens', limits.tokens)])
    throw new Refused([coded(error, 'GRAPHQL_PARSE_FAILED')])
  }
}

/** @throws Refused when the document does not have exactly one operation of this name, or exactly one at all. */
export function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
  const found = name === undefined ? operations : operations.filter((d) => d.name?.value === name)
  const [operation] = found
  if (operation && found.length === 1) return operation
  const message =
    operations.length === 0
      ? 'The document has no operation.'
      : operation
        ? 'Say which operation by operationName.'
        : 'No operation has this name.'
  throw new Refused([new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })])
}

/** Whether every root field is introspection, so that there is nothing to plan. */
export function onlyIntrospects(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const only = (selections: OperationDefinitionNode['selectionSet']): boolean =>
    selections.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__')
      if (selection.kind === Kind.INLINE_FRAGMENT) return only(selection.selectionSet)
      const fragment = document.definitions.find(
        (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
      )
      return fragment?.kind === Kind.FRAGMENT_DEFINITION && only(fragment.selectionSet)
    })
  return only(operation.selectionSet)
}
