import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Language } from '@vardgraf/errors'
import { VIEWER_HEADER, type Viewer, verifyViewer } from '@vardgraf/viewer'
import { buildASTSchema, execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'

/** A small subgraph for tests: a real server in this process. */
export interface TestSubgraph {
  url: string
  /** Who asked, in the order of the requests. */
  asked: { viewer: Viewer; language: Language; over: 'http' | 'ws'; token: string }[]
  /** Subscriptions that are open now. */
  open: number
  /** Sockets that are open now. */
  sockets(): number
  /** Cuts every socket, as when the process is killed. */
  kill(): void
  stop(): Promise<void>
}

export type TestContext = { viewer: Viewer; language: Language }
export type TrustedKeys = Parameters<typeof verifyViewer>[2]

interface Definition {
  /** Viewers must be signed for it. */
  name: string
  sdl: string
  trusted: TrustedKeys
  now(): Date
  port?: number
  implement(schema: GraphQLSchema, subgraph: TestSubgraph): void
}

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'
const machinery = 'scalar _Any union _Entity = Person'

export const federated = (sdl: string): string => `${federation}\n${sdl}`

/** Replaces a field's resolver. */
export function resolve(
  schema: GraphQLSchema,
  type: string,
  field: string,
  resolver: (parent: never, args: never, context: TestContext) => unknown,
): void {
  const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field]
  if (!definition) throw new Error(`no ${type}.${field}`)
  definition.resolve = resolver as typeof definition.resolve & object
}

export async function startSubgraph({ name, sdl, trusted, now, port, implement }: Definition): Promise<TestSubgraph> {
  const executable = sdl.replace('type Query {', 'type Query { _entities(representations: [_Any!]!): [_Entity]! ')
  const schema = buildASTSchema(parse(`${machinery}\n${executable}`), { assumeValid: true })
  const server = createServer((request, response) => void answer(request, response))
  const sockets = new WebSocketServer({ server, path: '/graphql' })

  const admit = async (token: unknown, language: unknown, over: 'http' | 'ws'): Promise<TestContext> => {
    const viewer = await verifyViewer(String(token), name, trusted, now())
    const context = { viewer, language: language === 'en' ? 'en' : 'sv' } as const
    subgraph.asked.push({ ...context, over, token: String(token) })
    return context
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString())
    const contextValue = await admit(request.headers[VIEWER_HEADER], request.headers['accept-language'], 'http')
    const result = await execute({ schema, document: parse(query), variableValues: variables, contextValue })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  }

  useServer(
    {
      schema,
      onSubscribe: async (_ctx, _id, payload) => ({
        schema,
        document: parse(payload.query),
        operationName: payload.operationName,
        variableValues: payload.variables,
        contextValue: await admit(payload.extensions?.[VIEWER_HEADER], payload.extensions?.['accept-language'], 'ws'),
      }),
    },
    sockets,
  )

  await new Promise<void>((listening) => server.listen(port ?? 0, '127.0.0.1', listening))
  const subgraph: TestSubgraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked: [],
    open: 0,
    sockets: () => sockets.clients.size,
    kill: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    stop: async () => {
      subgraph.kill()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  implement(schema, subgraph)
  return subgraph
}
