import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql'
import type { Variables } from './fields.js'
import type { Limits } from './limits.js'
import { type Page, tooManyObjects } from './pages.js'
import { coded, maxErrors, Refused } from './refused.js'

/** A function that coerces an operation's variables by the API schema and checks the page sizes in them; it throws Refused. */
export function coercion(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  pages: Page[],
  limits: Limits,
): (variables: Variables) => Variables {
  const definitions = definition.variableDefinitions ?? []
  return (variables) => {
    const { coerced, errors } =
      definitions.length === 0
        ? { coerced: {}, errors: undefined }
        : getVariableValues(schema, definitions, variables, { maxErrors })
    if (errors) throw new Refused(errors.map((error) => coded(error, 'BAD_USER_INPUT')))
    const excess = pages.length > 0 ? tooManyObjects(pages, coerced, limits) : null
    if (excess) throw new Refused([excess])
    return coerced
  }
}
