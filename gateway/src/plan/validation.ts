import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql'
import { coded, maxErrors, Refused } from './refused.js'
import { UnconditionalSubscriptionRootRule } from './subscription-root.js'

/** The rules of GraphQL, and ours. */
export function validationRules({ introspection }: { introspection: boolean }): ValidationRule[] {
  return [...specifiedRules, UnconditionalSubscriptionRootRule, noReservedNames, ...(introspection ? [] : [noIntrospection])]
}

/** @throws Refused when the document does not fit the schema. */
export function assertValid(schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[]): void {
  const errors = validate(schema, document, rules, { maxErrors })
  if (errors.length > 0) throw new Refused(errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')))
}

/** Introspection of the schema switched off; `__typename` stays. */
function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type')
        context.reportError(
          new GraphQLError('Introspection is switched off here.', {
            nodes: node,
            extensions: { code: 'INTROSPECTION_DISABLED' },
          }),
        )
    },
  }
}

/** Names that would reach JavaScript's own machinery. */
function noReservedNames(context: ValidationContext): ASTVisitor {
  const refuse = (name: string, node: FieldNode): void => {
    if (name === '__proto__') context.reportError(new GraphQLError('The alias __proto__ is not allowed.', { nodes: node }))
  }
  return {
    Field: (node) => refuse(node.alias?.value ?? '', node),
    VariableDefinition(node) {
      if (node.variable.name.value === 'representations' || node.variable.name.value === '__proto__')
        context.reportError(new GraphQLError(`The variable name $${node.variable.name.value} is reserved.`, { nodes: node }))
    },
  }
}
