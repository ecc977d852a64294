import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'

const conditional = new Set(['skip', 'include', 'defer'])

/**
 * A subscription has exactly one root field, known before it is opened: its root field must not be conditional or deferred.
 * graphql-js 16 counts the root fields but allows directives on them; the planner would then make a plan without a primary.
 */
export function UnconditionalSubscriptionRootRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return
      visit(operation.selectionSet, new Set())
    },
  }

  function visit(selectionSet: SelectionSetNode, seen: Set<FragmentDefinitionNode>): void {
    for (const selection of selectionSet.selections) {
      for (const directive of selection.directives ?? []) {
        const name = directive.name.value
        if (!conditional.has(name)) continue
        context.reportError(new GraphQLError(`The root field of a subscription cannot have @${name}.`, { nodes: directive }))
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, seen)
      if (selection.kind !== Kind.FRAGMENT_SPREAD) continue
      const fragment = context.getFragment(selection.name.value)
      if (!fragment || seen.has(fragment)) continue
      seen.add(fragment)
      visit(fragment.selectionSet, seen)
    }
  }
}
