import { buildSubgraphSchema } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { declaredAccess, permissionsOf, refuseDeclared } from '@vardgraf/access'
import { currentWork } from '@vardgraf/process'
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql'
import { applyMiddleware, type IMiddlewareFunction } from 'graphql-middleware'
import type { IRules } from 'graphql-shield'
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql'
import type { RequestContext } from '../serve/context.js'
import { type Feature, merged } from './feature.js'
import { DateScalar, InstantScalar } from './scalars.js'

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@override"])'

/**
 * The SDL of the subgraph as composition reads it. By convention `subgraphs/<name>/src/features.ts` exports `features` (free of side
 * effects); `npm run schema` writes it to `subgraphs/<name>/schema.graphql` and composes the supergraph.
 */
export function emitSchema<C extends RequestContext, S>(features: readonly Feature<C, S>[]): string {
  return `${print(typeDefsOf(typeGraphqlSchema(features)))}\n`
}

/**
 * The executable federated schema behind its shield.
 * @throws Error naming every field without a declaration of who may read it
 */
export function buildSchema<C extends RequestContext, S>(features: readonly Feature<C, S>[]): GraphQLSchema {
  const schema = typeGraphqlSchema(features)
  const resolvers: Record<string, Record<string, unknown>> = { ...createResolversMap(schema) } as never
  const references = merged(
    'reference',
    features.map((feature) => feature.references),
  )
  for (const [type, resolve] of Object.entries(references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: (ref: { __typename: string; id?: string; nodeId?: string }, ctx: C) =>
        resolve({ ...ref, id: ref.id ?? ref.nodeId ?? '' } as never, ctx),
    }
  }
  const subgraph = buildSubgraphSchema([{ typeDefs: typeDefsOf(schema), resolvers: resolvers as never }])
  return applyMiddleware(subgraph, whileWaitedFor, permissionsOf(declaredAccess(schema), '_Entity' in subgraph.getTypeMap()))
}

/** Who may see what, as the features declare it: shield's rules by type and field. */
export const permissionsIn = <C extends RequestContext, S>(features: readonly Feature<C, S>[]): IRules =>
  declaredAccess(typeGraphqlSchema(features))

/** No resolver begins when the caller no longer waits for the answer. */
const whileWaitedFor: IMiddlewareFunction = (resolve, parent, args, ctx, info) => {
  currentWork()?.signal?.throwIfAborted()
  return resolve(parent, args, ctx, info)
}

function typeGraphqlSchema<C extends RequestContext, S>(features: readonly Feature<C, S>[]): GraphQLSchema {
  refuseDeclared(features.flatMap(({ resolvers = [] }) => resolvers) as never)
  return buildSchemaSync({
    // biome-ignore lint/complexity/noBannedTypes: type-graphql names resolver classes so
    resolvers: features.flatMap(({ resolvers = [] }) => resolvers) as NonEmptyArray<Function>,
    orphanedTypes: [...new Set(features.flatMap(({ types = [] }) => types))],
    validate: false,
    scalarsMap: [{ type: Date, scalar: InstantScalar }],
    // Every subscription brings its own `subscribe`, but type-graphql requires a pubSub.
    pubSub: { publish: () => {}, subscribe: () => never() },
  })
}

async function* never(): AsyncGenerator<never> {}

/** Every subgraph has a part of these; type-graphql gives no way to describe them. */
const rootDescriptions = new Map([
  ['Query', 'What can be read.'],
  ['Mutation', 'What can be changed. Expected refusals are in the payloads; see `Refusal`.'],
  ['Subscription', 'What can be followed live, over graphql-transport-ws.'],
])

function typeDefsOf(schema: GraphQLSchema): DocumentNode {
  const document = parse(printSchemaWithDirectives(schema))
  const own = visit(document, {
    SchemaDefinition: () => null,
    // Built into GraphQL, or defined by the link below.
    DirectiveDefinition: () => null,
    ObjectTypeDefinition: (type) => {
      const value = rootDescriptions.get(type.name.value)
      return value ? { ...type, description: { kind: Kind.STRING, value } } : undefined
    },
  })
  const link = parse(FEDERATION)
  return { ...own, definitions: [...link.definitions, ...own.definitions] }
}

export { DateScalar, InstantScalar }
