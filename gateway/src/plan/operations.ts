import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { type Limits, noIntrospection, noReservedNames, type Page, pagesOf, tooManyObjects, tooMuch } from './limits.js'
import { PlanTooCostly } from './planning.js'
import { UnconditionalSubscriptionRootRule } from './root-field.js'
import { compileShape, type Shape, type Variables } from './shape.js'
import { compileStep, compileSubscription, countFetches, type Step, type SubscriptionSteps } from './steps.js'
import type { Graph } from './supergraph.js'
import type { TypeTable } from './type-table.js'

/** An operation that was parsed, measured, validated and planned: all that does not depend on variables or on who asks. */
export interface PreparedOperation {
  document: DocumentNode
  definition: OperationDefinitionNode
  kind: OperationTypeNode
  name: string | undefined
  /** SHA-256 of the document, in hex: what the log calls the operation. */
  hash: string
  apiSchema: GraphQLSchema
  types: TypeTable
  /** null when nothing has to be fetched, as for introspection alone. */
  plan: Step | SubscriptionSteps | null
  /** How the answer looks under these conditions. */
  shape(coerced: Variables): Shape
  /** Variables coerced by the API schema.
   *  @throws Refused when they do not fit, or ask for pages that are too large */
  coerce(variables: Variables): Variables
}

/** The operation is not run; `errors` say why. */
export class Refused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'refused')
  }
}

export interface OperationSettings {
  limits: Limits
  introspection: boolean
}

const maxErrors = 20
/** Shapes kept for one operation: one for each combination of its conditions that was met. */
const maxShapes = 16

/** Prepares operations of one version of the supergraph, and remembers them. */
export class Operations {
  private readonly prepared: LRUCache<string, Map<string, Promise<PreparedOperation>>>
  private readonly documents = new LRUCache<string, DocumentNode>({ max: 2_000 })
  private readonly rules

  constructor(
    readonly graph: Graph,
    private readonly settings: OperationSettings,
  ) {
    // Bounded by count and by the documents' text, to which plans and shapes are proportional.
    this.prepared = new LRUCache({ max: 2_000, maxSize: 8_000_000, sizeCalculation: (_, query) => query.length + 1 })
    this.rules = [
      ...specifiedRules,
      UnconditionalSubscriptionRootRule,
      noReservedNames,
      ...(settings.introspection ? [] : [noIntrospection]),
    ]
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
      // What is too costly is remembered as such; anything else is cheap to refuse again.
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
    const excess = tooMuch(document, definition, limits)
    if (excess) throw new Refused([excess])
    if (!apiSchema.getRootType(definition.operation))
      throw new Refused([
        new GraphQLError(`The schema has no ${definition.operation}.`, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ])
    const errors = validate(apiSchema, document, this.rules, { maxErrors })
    if (errors.length > 0) throw new Refused(errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')))

    const node = onlyIntrospects(document, definition) ? null : await this.plan(query, definition.name?.value, planner)
    const fetches = countFetches(node ?? undefined)
    if (fetches > limits.fetches) throw tooComplex('fetches', limits.fetches)
    const plan = node === null ? null : node.kind === 'Subscription' ? compileSubscription(node) : compileStep(node)
    const hash = createHash('sha256').update(query).digest('hex')
    this.documents.set(hash, document)
    return {
      document,
      definition,
      kind: definition.operation,
      name: definition.name?.value,
      hash,
      apiSchema,
      types,
      plan,
      shape: shapes(this.graph, document, definition),
      coerce: coercion(apiSchema, definition, pagesOf(document, definition), limits),
    }
  }

  private async plan(query: string, name: string | undefined, planner: Graph['planner']) {
    try {
      return await planner.plan(query, name)
    } catch (error) {
      if (error instanceof PlanTooCostly) throw tooComplex('planning', undefined, error)
      throw error
    }
  }
}

function parseDocument(query: string, limits: Limits): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    // graphql-js parses by recursion: what nests so deeply that the stack is full is refused as what it is.
    if (error instanceof RangeError) throw new Refused([new GraphQLError('', { extensions: { code: 'OPERATION_TOO_DEEP' } })])
    if (!(error instanceof GraphQLError)) throw error
    if (/Document contains more tha[nt] /.test(error.message))
      throw new Refused([
        new GraphQLError('', { extensions: { code: 'OPERATION_TOO_LARGE', limit: 'tokens', max: limits.tokens } }),
      ])
    throw new Refused([coded(error, 'GRAPHQL_PARSE_FAILED')])
  }
}

function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
  const found = name === undefined ? operations : operations.filter((d) => d.name?.value === name)
  const [operation] = found
  if (operation && found.length === 1) return operation
  const message =
    operations.length === 0
      ? 'The document has no operation.'
      : operation
        ? 'Say which operation by operationName.'
        : 'No operation has this name.'
  throw new Refused([new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })])
}

/** Whether every root field is introspection, so that there is nothing to plan. */
function onlyIntrospects(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const only = (selections: OperationDefinitionNode['selectionSet']): boolean =>
    selections.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__')
      if (selection.kind === Kind.INLINE_FRAGMENT) return only(selection.selectionSet)
      const fragment = document.definitions.find(
        (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
      )
      return fragment?.kind === Kind.FRAGMENT_DEFINITION && only(fragment.selectionSet)
    })
  return only(operation.selectionSet)
}

function shapes(
  { apiSchema, types }: Graph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (coerced: Variables) => Shape {
  const conditions = conditionVariables(document)
  const known = new Map<string, Shape>()
  return (coerced) => {
    const key = conditions.length === 0 ? '' : conditions.map((name) => (coerced[name] === true ? '1' : '0')).join('')
    let shape = known.get(key)
    if (!shape) {
      shape = compileShape(apiSchema, document, operation, coerced, types)
      if (known.size < maxShapes) known.set(key, shape)
    }
    return shape
  }
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const node = value as {
        kind?: string
        name?: { value: string }
        arguments?: { value: { kind: string; name?: { value: string } } }[]
      }
      if (node.kind === Kind.DIRECTIVE && (node.name?.value === 'skip' || node.name?.value === 'include'))
        for (const argument of node.arguments ?? [])
          if (argument.value.kind === Kind.VARIABLE && argument.value.name) names.add(argument.value.name.value)
      for (const [key, child] of Object.entries(value)) if (key !== 'loc') walk(child)
    }
  }
  walk(document.definitions)
  return [...names]
}

function coercion(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  pages: Page[],
  limits: Limits,
): (variables: Variables) => Variables {
  const definitions = definition.variableDefinitions ?? []
  return (variables) => {
    const { coerced, errors } =
      definitions.length === 0
        ? { coerced: {}, errors: undefined }
        : getVariableValues(schema, definitions, variables, { maxErrors })
    if (errors) throw new Refused(errors.map((error) => coded(error, 'BAD_USER_INPUT')))
    const excess = pages.length > 0 ? tooManyObjects(pages, coerced, limits) : null
    if (excess) throw new Refused([excess])
    return coerced
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { code, ...error.extensions },
  })
}

function tooComplex(limit: string, max: number | undefined, cause?: Error): Refused {
  const refused = new Refused([
    new GraphQLError('', { extensions: { code: 'OPERATION_TOO_COMPLEX', limit, ...(max !== undefined && { max }) } }),
  ])
  refused.cause = cause
  return refused
}
