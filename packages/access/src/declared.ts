import 'reflect-metadata'
import { GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { allow, and, deny, IRule, IRules, or } from 'graphql-shield'
import { Extensions } from 'type-graphql'

/** One rule of shield's, or a combination. */
export type AccessRule = IRule | typeof allow | typeof deny | ReturnType<typeof and> | ReturnType<typeof or>

/**
 * Declares WHO may read a field or run an operation, beside it. On an object type it holds for every field without a declaration of its
 * own. Shield is built from these declarations. A process does not start while a field has none.
 */
export const Access = (rule: AccessRule): ClassDecorator & MethodDecorator & PropertyDecorator => Extensions({ access: rule })

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
      const rule = ruleOf(field) ?? ruleOf(type)
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
