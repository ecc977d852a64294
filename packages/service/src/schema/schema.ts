import { buildSubgraphSchema } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { permissionsOf } from '@vardgraf/access'
import { currentWork } from '@vardgraf/process'
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql'
import { applyMiddleware, type IMiddlewareFunction } from 'graphql-middleware'
import type { IRules } from 'graphql-shield'
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql'
import type { RequestContext } from '../serve/context.js'
import { DateScalar, InstantScalar } from './scalars.js'

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@override"])'

/** Finds the entity behind a representation; null when it does not exist or the viewer may not know that it does. */
export type ReferenceResolver<C> = (
  representation: { __typename: string; id: string; nodeId?: string },
  ctx: C,
) => Promise<object | null> | object | null

/** What makes a subgraph's schema. */
export interface SchemaDefinition<C extends RequestContext> {
  // biome-ignore lint/complexity/noBannedTypes: type-graphql names resolver classes so
  resolvers: NonEmptyArray<Function>
  /** Classes that no field returns directly: implementations of interfaces. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql names classes so
  orphanedTypes?: Function[]
  /** By type name; every type with a `@key` that resolves here has one. */
  references: Record<string, ReferenceResolver<C>>
  /** graphql-shield rules: every type of the schema is listed. */
  permissions: IRules
}

/**
 * The SDL of the subgraph as composition reads it. By convention `subgraphs/<name>/src/definition.ts` exports `definition: SchemaDefinition`
 * (free of side effects); `npm run schema` writes it to `subgraphs/<name>/schema.graphql` and composes the supergraph.
 */
export function emitSchema<C extends RequestContext>(definition: SchemaDefinition<C>): string {
  return `${print(typeDefsOf(typeGraphqlSchema(definition)))}\n`
}

/** The executable federated schema behind its shield. */
export function buildSchema<C extends RequestContext>(definition: SchemaDefinition<C>): GraphQLSchema {
  const schema = typeGraphqlSchema(definition)
  const resolvers: Record<string, Record<string, unknown>> = { ...createResolversMap(schema) } as never
  for (const [type, resolve] of Object.entries(definition.references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: (ref: { __typename: string; id?: string; nodeId?: string }, ctx: C) =>
        resolve({ ...ref, id: ref.id ?? ref.nodeId ?? '' }, ctx),
    }
  }
  const subgraph = buildSubgraphSchema([{ typeDefs: typeDefsOf(schema), resolvers: resolvers as never }])
  return applyMiddleware(subgraph, whileWaitedFor, permissionsOf(definition.permissions, '_Entity' in subgraph.getTypeMap()))
}

/** No resolver begins when nobody waits for the answer any more. */
const whileWaitedFor: IMiddlewareFunction = (resolve, parent, args, ctx, info) => {
  currentWork()?.signal?.throwIfAborted()
  return resolve(parent, args, ctx, info)
}

function typeGraphqlSchema<C extends RequestContext>({ resolvers, orphanedTypes = [] }: SchemaDefinition<C>): GraphQLSchema {
  return buildSchemaSync({
    resolvers,
    orphanedTypes,
    validate: false,
    scalarsMap: [{ type: Date, scalar: InstantScalar }],
    // Every subscription brings its own `subscribe`; type-graphql wants a pubSub all the same.
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
