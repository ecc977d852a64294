import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** Numbers in [0, 1) that the seed decides (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const argumentTexts: Record<string, string[]> = {
  id: ['"1"', '"2"', '"a1"', '"a2"', '"s1"', '"no"'],
  upc: ['"b1"', '"l1"', '"no"'],
  text: ['"b1"', '"l2"', '"no"'],
  first: ['1', '2', '3', '$n'],
  stars: ['5', 'null', '$n'],
  style: ['SHORT', 'LONG'],
  name: ['"Eva"', '$s'],
  body: ['"bra"', '$s'],
}

/** A valid random operation from a seed: nested, aliased, with fragments, conditions and variables. */
export function operationOf(schema: GraphQLSchema, seed: number, kind: 'query' | 'mutation' = 'query'): string {
  const next = numbers(seed)
  const chance = (p: number): boolean => next() < p
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)]
  const fragments: string[] = []

  const condition = (): string =>
    chance(0.08) ? ` @${pick(['include', 'skip'])}(if: ${pick(['true', 'false', '$yes', '$no'])})` : ''
  const argumentsOf = (field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || chance(0.5))
    const texts = given.map(({ name }) => `${name}: ${pick(argumentTexts[name] ?? []) ?? 'null'}`)
    return texts.length > 0 ? `(${texts.join(', ')})` : ''
  }
  const fieldText = (field: GraphQLField<unknown, unknown>, depth: number): string | null => {
    const type = getNamedType(field.type)
    if (isCompositeType(type) && depth <= 0) return null
    const parameters = argumentsOf(field)
    // The same response name with other arguments would not be valid: arguments become part of the alias.
    const alias = parameters
      ? `${field.name}_${[...parameters].map((c) => (/\w/.test(c) ? c : '_')).join('')}: `
      : chance(0.15)
        ? `${field.name}_x: `
        : ''
    return `${alias}${field.name}${parameters}${condition()}${isCompositeType(type) ? selection(type, depth - 1) : ''}`
  }
  const selection = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = []
    if ('getFields' in type)
      for (const field of Object.values(type.getFields())) {
        const text = chance(0.45) ? fieldText(field, depth) : null
        if (text) parts.push(text)
      }
    if (chance(0.3)) parts.push('__typename')
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : []
    for (const one of possible) if (chance(0.6)) parts.push(`... on ${one.name}${condition()} ${selection(one, depth - 1)}`)
    if ((isObjectType(type) || isInterfaceType(type)) && chance(0.15)) {
      const inner = selection(type, depth - 1)
      if (chance(0.5)) parts.push(`... ${condition()} ${inner}`)
      else {
        const name = `F${fragments.length}`
        fragments.push('')
        fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} ${inner}`
        parts.push(`...${name}`)
      }
    }
    if (parts.length === 0) parts.push('__typename')
    return ` { ${parts.join(' ')} }`
  }

  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType()
  if (!root) throw new Error(`the schema has no ${kind}`)
  const text = `${selection(root, 5)}\n${fragments.join('\n')}`
  const variables = ['$n: Int = 2', '$s: String! = "x"', '$yes: Boolean! = true', '$no: Boolean! = false'].filter((v) =>
    new RegExp(`\\${v.slice(0, v.indexOf(':'))}\\b`).test(text),
  )
  return `${kind} Made${variables.length > 0 ? `(${variables.join(', ')})` : ''}${text}`
}
