import 'reflect-metadata'
import { GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { type allow, and, type deny, type IRule, type IRules, type or } from 'graphql-shield'
import { Extensions } from 'type-graphql'

/** One rule of shield's, or a combination. */
export type AccessRule = IRule | typeof allow | typeof deny | ReturnType<typeof and> | ReturnType<typeof or>

/** Classes that carry a declaration, to refuse those on which it would have no effect. */
const declaredClasses = new WeakSet<object>()

/**
 * Declares WHO may read a field or run an operation, beside it. On an object type it holds for all its fields; a field's own declaration
 * is added to it, and does not replace it. Shield is built from these declarations. A process does not start while a field has none.
 */
export function Access(rule: AccessRule): ClassDecorator & MethodDecorator & PropertyDecorator {
  const declare = Extensions({ access: rule }) as (...target: unknown[]) => void
  return (...target: unknown[]) => {
    if (target.length === 1) declaredClasses.add(target[0] as object)
    declare(...target)
  }
}

/** @throws Error naming the resolver classes with a declaration: it would have no effect, since their fields belong to other types. */
export function refuseDeclared(resolvers: readonly (abstract new (...args: never[]) => unknown)[]): void {
  const declared = resolvers.filter((resolver) => declaredClasses.has(resolver)).map(({ name }) => name)
  if (declared.length > 0)
    throw new Error(`@Access has no effect on a resolver class: declare it at each method of ${declared.join(', ')}`)
}

/**
 * Shield's rules of a schema that type-graphql has built, by type and field.
 * @throws Error naming every `Type.field` without a declaration.
 */
export function declaredAccess(schema: GraphQLSchema): IRules {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => type instanceof GraphQLObjectType && !type.name.startsWith('__'),
  )
  const undeclared: string[] = []
  const rules = types.map((type) => {
    const fields = Object.entries(type.getFields()).map(([name, field]) => {
      const rule = both(ruleOf(type), ruleOf(field))
      if (!rule) undeclared.push(`${type.name}.${name}`)
      return [name, rule] as const
    })
    return [type.name, Object.fromEntries(fields)] as const
  })
  if (undeclared.length > 0) throw new Error(`@Access is missing for ${undeclared.join(', ')}: declare who may read it`)
  return Object.fromEntries(rules) as IRules
}

const ruleOf = ({ extensions }: { extensions: Readonly<Record<string, unknown>> }): AccessRule | undefined =>
  extensions.access as AccessRule | undefined

const both = (type: AccessRule | undefined, field: AccessRule | undefined): AccessRule | undefined =>
  type && field ? and(type, field) : (field ?? type)

/** The declared rules by `Type.field`, in words: what a review of who may see compares. */
export function accessTable(rules: IRules): Record<string, string> {
  const types = Object.entries(rules as unknown as Record<string, Record<string, AccessRule>>)
  return Object.fromEntries(
    types.flatMap(([type, fields]) => Object.entries(fields).map(([field, rule]) => [`${type}.${field}`, inWords(rule)])),
  )
}

const inWords = (rule: AccessRule): string => {
  const { name, rules = [] } = rule as { name?: string; rules?: AccessRule[] }
  const kind: string = Object.getPrototypeOf(rule).constructor.name
  return rules.length > 0 ? `${kind}(${rules.map(inWords).join(', ')})` : (name ?? kind)
}
