import { type GraphQLOutputType, isEnumType } from 'graphql'
import type { Json } from '../upstream/json.js'

/** Whether a value is valid for its scalar or enum. */
export type LeafCheck = (value: Json) => boolean

/** The check of a scalar or enum by the API schema; a scalar that GraphQL does not define takes any value. */
export function leafCheck(type: GraphQLOutputType): LeafCheck {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name))
    return (value) => typeof value === 'string' && names.has(value)
  }
  switch (String(type)) {
    case 'Int':
      return (value) => Number.isInteger(value)
    case 'Float':
      return (value) => typeof value === 'number'
    case 'String':
      return (value) => typeof value === 'string'
    case 'Boolean':
      return (value) => typeof value === 'boolean'
    case 'ID':
      return (value) => typeof value === 'string' || typeof value === 'number'
    default:
      return () => true
  }
}
