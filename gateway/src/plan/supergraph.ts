import { readFile } from 'node:fs/promises'
import { Supergraph } from '@apollo/federation-internals'
import { SettingsError } from '@vardgraf/process'
import type { GraphQLSchema } from 'graphql'
import { Planner, type PlanningBudget } from './planning.js'
import { TypeTable } from './type-table.js'

/** One version of the supergraph, immutable. An operation that began on it also ends on it. */
export interface Graph {
  sdl: string
  /** The schema that clients see. */
  apiSchema: GraphQLSchema
  types: TypeTable
  planner: Planner
  /** Service name → address, from the supergraph. */
  urls: ReadonlyMap<string, string>
}

/**
 * Loads and validates a supergraph.
 * @throws Error when it is not a valid Federation 2 supergraph, or asks for a feature that the planner does not know.
 */
export function loadGraph(sdl: string, budget: PlanningBudget): Graph {
  const supergraph = Supergraph.build(sdl)
  const urls = new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url]))
  return {
    sdl,
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    types: new TypeTable(supergraph.schema.toGraphQLJSSchema()),
    planner: new Planner(sdl, budget),
    urls,
  }
}

/** The current version of the supergraph, and the listeners for a new one. */
export class GraphSource {
  private readonly listeners = new Set<(graph: Graph) => void>()

  constructor(
    private readonly file: string,
    private readonly budget: PlanningBudget,
    private graph: Graph,
  ) {}

  /** @throws SettingsError when there is no such file, Error when it is not a valid supergraph. */
  static async open(file: string, budget: PlanningBudget): Promise<GraphSource> {
    const sdl = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new SettingsError(`SUPERGRAPH_FILE: ${file} cannot be read`, { cause: error })
    })
    return new GraphSource(file, budget, loadGraph(sdl, budget))
  }

  current(): Graph {
    return this.graph
  }

  /** Reads the file again. An unchanged or invalid file changes nothing. Live streams keep the old version.
   *  @returns whether there is a new version
   *  @throws Error when the file is not a valid supergraph */
  async reload(): Promise<boolean> {
    const sdl = await readFile(this.file, 'utf8')
    if (sdl === this.graph.sdl) return false
    const old = this.graph
    this.graph = loadGraph(sdl, this.budget)
    for (const listener of this.listeners) listener(this.graph)
    // Not at once: operations may still wait for a plan of the old version.
    setTimeout(() => void old.planner.close(), this.budget.planMs * 2).unref()
    return true
  }

  onChange(listener: (graph: Graph) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    await this.graph.planner.close()
  }
}
