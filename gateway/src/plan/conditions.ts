import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql'
import type { Variables } from './fields.js'
import { compileShape, type Shape } from './shape.js'
import type { Graph } from './supergraph.js'

/** Shapes cached for one operation: one for each combination of its `@skip` and `@include` values. */
const maxShapes = 16

/** The shape of an operation's answer for given variables. Only the variables of `@skip` and `@include` matter. */
export function shapesOf(
  { apiSchema, types }: Graph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (coerced: Variables) => Shape {
  const conditions = conditionVariables(document)
  const known = new Map<string, Shape>()
  return (coerced) => {
    const key = conditions.length === 0 ? '' : conditions.map((name) => (coerced[name] === true ? '1' : '0')).join('')
    let shape = known.get(key)
    if (!shape) {
      shape = compileShape(apiSchema, document, operation, coerced, types)
      if (known.size < maxShapes) known.set(key, shape)
    }
    return shape
  }
}

/** The variables of `@skip` and `@include`. */
function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const node = value as {
        kind?: string
        name?: { value: string }
        arguments?: { value: { kind: string; name?: { value: string } } }[]
      }
      if (node.kind === Kind.DIRECTIVE && (node.name?.value === 'skip' || node.name?.value === 'include'))
        for (const argument of node.arguments ?? [])
          if (argument.value.kind === Kind.VARIABLE && argument.value.name) names.add(argument.value.name.value)
      for (const [key, child] of Object.entries(value)) if (key !== 'loc') walk(child)
    }
  }
  walk(document.definitions)
  return [...names]
}
