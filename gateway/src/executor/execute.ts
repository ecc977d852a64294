import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { type ExecutionResult, executeSync, GraphQLError, type GraphQLFormattedError, Kind, OperationTypeNode } from 'graphql'
import type { PreparedOperation } from '../plan/operations.js'
import type { Shape, Variables } from '../plan/shape.js'
import type { FetchStep, Step } from '../plan/steps.js'
import { isObject, type Json, type JsonObject, merge, own } from '../upstream/json.js'
import { type SubgraphClient, SubgraphFailure, type SubgraphResponse } from '../upstream/subgraphs.js'
import { applyShape, type Misfit } from './complete.js'
import { representations } from './representations.js'
import { rewrite } from './rewrites.js'

/** One run of a prepared operation. */
export interface Run {
  operation: PreparedOperation
  /** As the client sent them: subgraphs coerce them again against their own types. */
  variables: Variables
  /** Coerced by the API schema, defaults filled in: decides `@skip`, `@include` and conditions of the plan. */
  coerced: Variables
  subgraphs: SubgraphClient
  /** Headers of a request to a subgraph, as undici's flat list: who asks, signed for this one, in which language, for which request. */
  headers: (service: string) => string[]
  /** Aborts the requests to subgraphs: the client went away, or the process stops. */
  signal?: AbortSignal
  /** Whether nobody waits for the answer any more: then nothing more is asked for. Cheaper for each request than a signal of its own. */
  gone?: () => boolean
  /** Told of each request to a subgraph when it has ended; `failure` when there was no usable answer. */
  onFetch?: (service: string, ms: number, failure: SubgraphFailure | null) => void
}

/** What a subgraph sent for one event of a subscription. */
export interface SubgraphEvent {
  data?: JsonObject | null
  errors?: readonly GraphQLFormattedError[]
}

/** Runs a query or a mutation. Never throws for what a subgraph does: a part that fails is null, with an error that says so. */
export async function execute(run: Run): Promise<ExecutionResult> {
  const execution = new Execution(run)
  const { plan } = run.operation
  if (plan?.kind === 'subscription') throw new Error('a subscription is opened, not executed')
  if (plan) await execution.step(plan, execution.root)
  return execution.result()
}

/** Completes one event of a subscription: fresh errors, the rest of the plan run for it, shaped like any answer. */
export async function executeEvent(run: Run, event: SubgraphEvent): Promise<ExecutionResult> {
  const execution = new Execution(run)
  const { plan } = run.operation
  if (plan?.kind !== 'subscription') throw new Error('only a subscription has events')
  execution.received(plan.primary, event)
  if (event.data && plan.rest) await execution.step(plan.rest, execution.root)
  return execution.result()
}

/** Where in the answer a step works: `objects` are all that `path` leads to. */
interface Cursor {
  objects: JsonObject[]
  path: readonly string[]
}

const LIST = '@'
const nothing: ReadonlySet<JsonObject> = new Set()

class Execution {
  readonly data: JsonObject = {}
  readonly root: Cursor = { objects: [this.data], path: [] }
  private readonly errors: GraphQLError[] = []
  /** Objects whose owner said that there is no such entity. */
  private absent: Set<JsonObject> | undefined

  constructor(private readonly run: Run) {}

  /** Not async itself: a plan has many small steps, and each would cost a promise more. */
  step(step: Step, cursor: Cursor): Promise<void> | undefined {
    if (this.run.gone?.()) return undefined
    switch (step.kind) {
      case 'fetch':
        return step.requires ? this.fetchEntities(step, step.requires, cursor) : this.fetchRoot(step, cursor)
      case 'sequence':
        return this.sequence(step.steps, cursor)
      case 'parallel':
        return this.parallel(step.steps, cursor)
      case 'flatten': {
        const objects: JsonObject[] = []
        for (const object of cursor.objects) descend(object, step.path, 0, objects)
        if (objects.length === 0) return undefined
        return this.step(step.step, { objects, path: cursor.path.length > 0 ? [...cursor.path, ...step.path] : step.path })
      }
      case 'condition': {
        const chosen = this.run.coerced[step.variable] === true ? step.whenTrue : step.whenFalse
        return chosen ? this.step(chosen, cursor) : undefined
      }
    }
  }

  private async sequence(steps: Step[], cursor: Cursor): Promise<void> {
    for (const child of steps) await this.step(child, cursor)
  }

  private async parallel(steps: Step[], cursor: Cursor): Promise<void> {
    await Promise.all(steps.map((child) => this.step(child, cursor)))
  }

  result(): ExecutionResult {
    const { operation, coerced } = this.run
    const shape = operation.shape(coerced)
    const { data, misfits } = applyShape(shape, this.data, this.absent ?? nothing)
    for (const one of misfits) if (!this.explained(one)) this.errors.push(misfitError(one))
    if (data && shape.introspection.length > 0) this.introspect(shape, data)
    return this.errors.length > 0 ? { errors: this.errors, data } : { data }
  }

  private async fetchRoot(step: FetchStep, cursor: Cursor): Promise<void> {
    const response = await this.send(step, cursor, '')
    if (response) this.received(step, response, cursor)
  }

  /** Takes in the answer of a fetch at the root. */
  received(step: FetchStep, response: SubgraphEvent, cursor = this.root): void {
    for (const error of response.errors ?? []) this.errors.push(passedOn(error, step, error.path))
    const { data } = response
    if (!isObject(data)) return
    rewrite(data, step.outputRewrites, this.run.operation.types)
    for (let index = 0; index < cursor.objects.length; index++) {
      const target = cursor.objects[index]
      if (target) merge(target, data, index > 0)
    }
  }

  private async fetchEntities(step: FetchStep, requires: QueryPlanSelectionNode[], cursor: Cursor): Promise<void> {
    const { types } = this.run.operation
    const { texts, owners } = representations(cursor.objects, requires, step.inputRewrites, types)
    if (texts.length === 0) return
    const response = await this.send(step, cursor, `"representations":[${texts.join(',')}]`)
    if (!response) return
    this.entityErrors(step, cursor, response.errors, owners)
    const entities = isObject(response.data) ? own(response.data, '_entities') : undefined
    if (!Array.isArray(entities)) return
    for (let sent = 0; sent < owners.length; sent++) {
      const entity = entities[sent]
      const ownersOfThis = owners[sent] ?? []
      if (!isObject(entity)) {
        this.absent ??= new Set()
        for (const index of ownersOfThis) this.absent.add(cursor.objects[index] ?? {})
        continue
      }
      if (step.outputRewrites.length > 0) this.rewriteEntity(entity, step, cursor.objects[ownersOfThis[0] ?? -1])
      for (let i = 0; i < ownersOfThis.length; i++) {
        const owner = cursor.objects[ownersOfThis[i] ?? -1]
        if (owner) merge(owner, entity, ownersOfThis.length > 1)
      }
    }
  }

  private rewriteEntity(entity: JsonObject, step: FetchStep, owner: JsonObject | undefined): void {
    if (owner && own(entity, '__typename') === undefined) entity.__typename = own(owner, '__typename')
    rewrite(entity, step.outputRewrites, this.run.operation.types)
  }

  /** null when there is no answer; the errors that say so are then noted. */
  private async send(step: FetchStep, cursor: Cursor, representations: string): Promise<SubgraphResponse | null> {
    const { run } = this
    const started = performance.now()
    try {
      const response = await run.subgraphs.send(step.service, body(step, run.variables, representations), {
        headers: run.headers(step.service),
        // A write is never sent twice.
        retry: step.operationKind !== OperationTypeNode.MUTATION,
        ...(run.signal && { signal: run.signal }),
      })
      run.onFetch?.(step.service, performance.now() - started, null)
      return response
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error
      run.onFetch?.(step.service, performance.now() - started, error)
      this.failed(step, cursor, error)
      return null
    }
  }

  /** One error for each root field that is missing, or one for the place in the answer where something is missing. */
  private failed(step: FetchStep, cursor: Cursor, failure: SubgraphFailure): void {
    const firstList = cursor.path.indexOf(LIST)
    const prefix = firstList === -1 ? cursor.path : cursor.path.slice(0, firstList)
    const paths = step.requires ? [prefix] : step.rootNames.map((name) => [...prefix, name])
    for (const path of paths)
      this.errors.push(
        new GraphQLError('', {
          ...(path.length > 0 && { path: [...path] }),
          extensions: { code: failure.code, service: step.service },
          originalError: failure,
        }),
      )
  }

  private entityErrors(
    step: FetchStep,
    cursor: Cursor,
    errors: readonly GraphQLFormattedError[] | undefined,
    owners: readonly (readonly number[])[],
  ): void {
    if (!errors?.length) return
    let places: (string | number)[][] | undefined
    for (const error of errors) {
      const sent = error.path?.[0] === '_entities' ? error.path[1] : undefined
      if (typeof sent !== 'number') {
        const firstList = cursor.path.indexOf(LIST)
        this.errors.push(passedOn(error, step, firstList === -1 ? cursor.path : cursor.path.slice(0, firstList)))
        continue
      }
      places ??= hydrate(this.data, cursor.path)
      for (const owner of owners[sent] ?? [])
        this.errors.push(passedOn(error, step, [...(places[owner] ?? []), ...(error.path?.slice(2) ?? [])]))
    }
  }

  /** True when an error at, below or above the place already says why the value is missing. */
  private explained(misfit: Misfit): boolean {
    return this.errors.some(
      ({ path }) => !path || path.every((key, index) => index >= misfit.path.length || key === misfit.path[index]),
    )
  }

  private introspect(shape: Shape, data: JsonObject): void {
    const { operation, variables } = this.run
    const definition = {
      ...operation.definition,
      selectionSet: { kind: Kind.SELECTION_SET, selections: shape.introspection },
    } as const
    const fragments = operation.document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION)
    const result = executeSync({
      schema: operation.apiSchema,
      document: { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] },
      variableValues: variables,
    })
    Object.assign(data, result.data)
    this.errors.push(...(result.errors ?? []))
  }
}

/** All objects under `value` along `path`, in the order of the answer; nulls are passed over. */
function descend(value: Json | undefined, path: readonly string[], depth: number, found: JsonObject[]): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    const next = path[depth] === LIST ? depth + 1 : depth
    for (const item of value) descend(item, path, next, found)
    return
  }
  const key = path[depth]
  if (key === undefined) found.push(value)
  else descend(own(value, key), path, depth + 1, found)
}

/** The concrete paths of what `descend` finds, in the same order. */
function hydrate(root: JsonObject, path: readonly string[]): (string | number)[][] {
  const places: (string | number)[][] = []
  const walk = (value: Json | undefined, depth: number, place: (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      const next = path[depth] === LIST ? depth + 1 : depth
      value.forEach((item, index) => {
        walk(item, next, [...place, index])
      })
      return
    }
    const key = path[depth]
    if (key === undefined) places.push(place)
    else walk(own(value, key), depth + 1, [...place, key])
  }
  walk(root, 0, [])
  return places
}

/** The request's JSON; also what a subscription's primary is opened with. */
function body(step: FetchStep, variables: Variables, representations = ''): string {
  return `${step.bodyHead}${variableText(step, variables, representations)}}}`
}

function variableText(step: FetchStep, variables: Variables, representations: string): string {
  let text = representations
  for (const name of step.variableUsages) {
    if (!Object.hasOwn(variables, name) || variables[name] === undefined) continue
    text += `${text ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(variables[name])}`
  }
  return text
}

/** The variables of a fetch as an object, for transports that are not HTTP. */
export function fetchVariables(step: FetchStep, variables: Variables): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const name of step.variableUsages)
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) picked[name] = variables[name]
  return picked
}

/** A subgraph's own error, at its place in the whole answer. */
function passedOn(error: GraphQLFormattedError, step: FetchStep, path: readonly (string | number)[] | undefined): GraphQLError {
  return new GraphQLError(String(error.message ?? ''), {
    ...(path && path.length > 0 && { path: [...path] }),
    extensions: { ...error.extensions, service: step.service },
  })
}

function misfitError({ message, path }: Misfit): GraphQLError {
  return new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } })
}
