import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type {
  GatewayExecutionResult,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface'
import type { Logger } from '@vardgraf/process'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { GraphSource } from '../plan/supergraph.js'
import { execute } from './execute.js'
import type { Run } from './run.js'

/** What Apollo Server's plugins and our executor see of a request. */
export interface ApolloContext extends BaseContext {
  run: Run
  /** Filled in by the executor: the original errors. Apollo Server would format them without knowing the reader's language. */
  outcome: { result?: ExecutionResult }
}

/** Our supergraph and executor, behind the interface that Apollo Server has for a gateway. */
class ExecutorGateway implements GatewayInterface {
  private readonly callbacks = new Set<GatewaySchemaLoadOrUpdateCallback>()
  private unsubscribe: () => void = () => {}

  constructor(private readonly source: GraphSource) {}

  onSchemaLoadOrUpdate(callback: GatewaySchemaLoadOrUpdateCallback): () => void {
    this.callbacks.add(callback)
    return () => this.callbacks.delete(callback)
  }

  async load(): Promise<{ executor: (request: { context: unknown }) => Promise<GatewayExecutionResult> }> {
    const tell = (): void => {
      const { apiSchema, sdl } = this.source.current()
      for (const callback of this.callbacks) callback({ apiSchema, coreSupergraphSdl: sdl })
    }
    tell()
    this.unsubscribe = this.source.onChange(tell)
    return {
      executor: async ({ context }) => {
        const { run, outcome } = context as ApolloContext
        outcome.result = await execute(run)
        return outcome.result as GatewayExecutionResult
      },
    }
  }

  async stop(): Promise<void> {
    this.unsubscribe()
  }
}

export interface ApolloOptions {
  source: GraphSource
  /** Parsed and validated documents by their SHA-256, so that Apollo Server does not parse and validate again. */
  documentByHash: (hash: string) => DocumentNode | undefined
  plugins?: ApolloServerPlugin<ApolloContext>[]
  log: Logger
}

/** Apollo Server runs the executor and the plugins. HTTP, limits, validation and errors are ours. */
export async function startApollo({
  source,
  documentByHash,
  plugins = [],
  log,
}: ApolloOptions): Promise<ApolloServer<ApolloContext>> {
  const server = new ApolloServer<ApolloContext>({
    gateway: new ExecutorGateway(source),
    documentStore: {
      get: async (key) => documentByHash(key.slice(-sha256Length)),
      set: async () => {},
      delete: async () => undefined,
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...plugins,
    ],
    // Our own validation switches introspection off.
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: { debug: () => {}, info: () => {}, warn: (message) => log.warn(message), error: (message) => log.error(message) },
  })
  await server.start()
  return server
}

const sha256Length = 64

/** Runs one operation through Apollo Server's pipeline and plugins. */
export async function runThroughApollo(server: ApolloServer<ApolloContext>, run: Run): Promise<ExecutionResult> {
  const outcome: ApolloContext['outcome'] = {}
  const { query, name } = run.operation
  const response = await server.executeOperation(
    { query, variables: run.variables, ...(name !== undefined && { operationName: name }) },
    { contextValue: { run, outcome } },
  )
  if (!outcome.result) throw new Error('a plugin answered in place of the executor', { cause: response.body })
  return outcome.result
}
