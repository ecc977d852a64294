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

/** The validation rules of GraphQL, and our own. */
export function validationRules({ introspection }: { introspection: boolean }): ValidationRule[] {
  return [...specifiedRules, UnconditionalSubscriptionRootRule, noReservedNames, ...(introspection ? [] : [noIntrospection])]
}

/** @throws Refused when the document is not valid for the schema. */
export function assertValid(schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[]): void {
  const errors = validate(schema, document, rules, { maxErrors })
  if (errors.length > 0) throw new Refused(errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')))
}

/** Refuses introspection of the schema; `__typename` is allowed. */
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

/** Refuses names that have a meaning of their own in JavaScript or in the executor's requests. */
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
