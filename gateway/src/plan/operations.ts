import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { coercion } from './coercion.js'
import { shapesOf } from './conditions.js'
import { onlyIntrospects, parseDocument, pickOperation } from './document.js'
import type { Variables } from './fields.js'
import { type Limits, tooMuch } from './limits.js'
import { pagesOf } from './pages.js'
import { PlanTooCostly } from './planning.js'
import { Refused } from './refused.js'
import type { Shape } from './shape.js'
import { oversize } from './size.js'
import { compileStep, compileSubscription, countFetches, type Step, type SubscriptionSteps } from './steps.js'
import type { Graph } from './supergraph.js'
import type { TypeTable } from './type-table.js'
import { assertValid, validationRules } from './validation.js'

/** An operation that was parsed, measured, validated and planned. Nothing in it depends on variables or on the viewer. */
export interface PreparedOperation {
  query: string
  document: DocumentNode
  definition: OperationDefinitionNode
  kind: OperationTypeNode
  name: string | undefined
  /** SHA-256 of the document, in hex; the log names the operation by it. */
  hash: string
  apiSchema: GraphQLSchema
  types: TypeTable
  /** null when nothing has to be fetched, for example for introspection. */
  plan: Step | SubscriptionSteps | null
  /** The shape of the answer for these variables. */
  shape(coerced: Variables): Shape
  /** Variables coerced by the API schema.
   *  @throws Refused when they are invalid, or ask for pages that are too large */
  coerce(variables: Variables): Variables
}

export interface OperationSettings {
  limits: Limits
  introspection: boolean
}

/** Prepares operations for one version of the supergraph, and caches them. */
export class Operations {
  private readonly prepared: LRUCache<string, Map<string, Promise<PreparedOperation>>>
  private readonly documents = new LRUCache<string, DocumentNode>({ max: 2_000 })
  private readonly rules

  constructor(
    readonly graph: Graph,
    private readonly settings: OperationSettings,
  ) {
    // Bounded by count and by the length of the documents: plans and shapes grow with it.
    this.prepared = new LRUCache({ max: 2_000, maxSize: 8_000_000, sizeCalculation: (_, query) => query.length + 1 })
    this.rules = validationRules(settings)
  }

  /** @throws Refused when it cannot be parsed, does not fit the schema, or asks for too much. */
  prepare(query: string, operationName: string | undefined): Promise<PreparedOperation> {
    const key = operationName ?? ''
    let byName = this.prepared.get(query)
    const known = byName?.get(key)
    if (known) return known
    const promise = this.build(query, operationName)
    if (!byName) {
      byName = new Map()
      this.prepared.set(query, byName)
    }
    byName.set(key, promise)
    promise.catch((error: unknown) => {
      // An operation that is too costly to plan stays cached as refused; any other is cheap to refuse again.
      if (!(error instanceof Refused && error.cause instanceof PlanTooCostly)) byName.delete(key)
    })
    return promise
  }

  /** The validated document with this SHA-256, if it was prepared lately. */
  documentByHash(hash: string): DocumentNode | undefined {
    return this.documents.get(hash)
  }

  private async build(query: string, operationName: string | undefined): Promise<PreparedOperation> {
    const { apiSchema, planner, types } = this.graph
    const { limits } = this.settings
    const document = parseDocument(query, limits)
    const definition = pickOperation(document, operationName)
    const excess = oversize(document, definition, limits)
    if (excess) throw new Refused([excess])
    if (!apiSchema.getRootType(definition.operation))
      throw new Refused([
        new GraphQLError(`The schema has no ${definition.operation}.`, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ])
    assertValid(apiSchema, document, this.rules)

    const node = onlyIntrospects(document, definition) ? null : await this.plan(query, definition.name?.value, planner)
    const fetches = countFetches(node ?? undefined)
    if (fetches > limits.fetches) throw new Refused([tooMuch('OPERATION_TOO_COMPLEX', 'fetches', limits.fetches)])
    const plan = node === null ? null : node.kind === 'Subscription' ? compileSubscription(node) : compileStep(node)
    const hash = createHash('sha256').update(query).digest('hex')
    this.documents.set(hash, document)
    return {
      query,
      document,
      definition,
      kind: definition.operation,
      name: definition.name?.value,
      hash,
      apiSchema,
      types,
      plan,
      shape: shapesOf(this.graph, document, definition),
      coerce: coercion(apiSchema, definition, pagesOf(document, definition), limits),
    }
  }

  private async plan(query: string, name: string | undefined, planner: Graph['planner']) {
    try {
      return await planner.plan(query, name)
    } catch (error) {
      if (!(error instanceof PlanTooCostly)) throw error
      const refusal = new GraphQLError('', { extensions: { code: 'OPERATION_TOO_COMPLEX', limit: 'planning' } })
      throw new Refused([refusal], { cause: error })
    }
  }
}
