import { type GraphQLSchema, isAbstractType, isEnumType, isInterfaceType, isObjectType } from 'graphql'
import { isObject, type Json, own } from '../upstream/json.js'

/** The types of the supergraph's full schema, hidden types included: is an object with this `__typename` of that type? */
export class TypeTable {
  private readonly answers = new Map<string, boolean>()

  constructor(private readonly schema: GraphQLSchema) {}

  /** `whenUnknown` is the answer for an object without `__typename`. */
  matches(value: Json | undefined, condition: string, whenUnknown: boolean): boolean {
    const name = isObject(value) ? own(value, '__typename') : undefined
    if (typeof name !== 'string') return whenUnknown
    return name === condition || this.isSubtype(name, condition)
  }

  /** Whether a type that the API schema does not have exists in the supergraph, hidden from clients. */
  hides(typename: string): boolean {
    return this.schema.getType(typename) !== undefined
  }

  /** The values of an enum, hidden ones included. */
  valuesOf(name: string): ReadonlySet<unknown> {
    const type = this.schema.getType(name)
    return new Set(isEnumType(type) ? type.getValues().map((value) => value.name) : [])
  }

  private isSubtype(name: string, condition: string): boolean {
    const key = `${name} ${condition}`
    let answer = this.answers.get(key)
    if (answer === undefined) {
      const type = this.schema.getType(name)
      // A subgraph may answer any __typename, so only names of the schema are cached.
      if (!type) return false
      const abstract = this.schema.getType(condition)
      answer = isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && this.schema.isSubType(abstract, type)
      this.answers.set(key, answer)
    }
    return answer
  }
}
