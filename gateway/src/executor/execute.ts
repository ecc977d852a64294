import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { type ExecutionResult, OperationTypeNode } from 'graphql'
import type { FetchStep, Step } from '../plan/steps.js'
import { isObject, type JsonObject, own } from '../upstream/json.js'
import { SubgraphFailure, type SubgraphResponse } from '../upstream/response.js'
import { applyShape } from './complete.js'
import { Faults } from './faults.js'
import { introspect } from './introspect.js'
import { merge } from './merge.js'
import { collectObjects } from './paths.js'
import { representations } from './representations.js'
import { requestBody } from './request.js'
import { rewrite } from './rewrites.js'
import type { Run } from './run.js'

/** Runs a query or a mutation. When a subgraph fails it does not throw: that part is null, with an error. */
export async function execute(run: Run): Promise<ExecutionResult> {
  const execution = new Execution(run)
  const { plan } = run.operation
  if (plan?.kind === 'subscription') throw new Error('a subscription is opened, not executed')
  if (plan) await execution.step(plan, execution.root)
  return execution.result()
}

/** Completes one event of a subscription: runs the rest of the plan for it, and shapes it like any answer. */
export async function executeEvent(run: Run, event: SubgraphResponse): Promise<ExecutionResult> {
  const execution = new Execution(run)
  const { plan } = run.operation
  if (plan?.kind !== 'subscription') throw new Error('only a subscription has events')
  execution.received(plan.primary, event, execution.root)
  if (event.data && plan.rest) await execution.step(plan.rest, execution.root)
  return execution.result()
}

/** Where in the answer a step works: all objects at `path`. */
interface Cursor {
  objects: JsonObject[]
  path: readonly string[]
}

const nothing: ReadonlySet<JsonObject> = new Set()

/** One walk through a plan. */
class Execution {
  private readonly data: JsonObject = {}
  readonly root: Cursor = { objects: [this.data], path: [] }
  private readonly faults = new Faults()
  /** Objects whose owner said that there is no such entity. */
  private absent: Set<JsonObject> | undefined

  constructor(private readonly run: Run) {}

  /** Not async: a plan has many small steps, and each would cost one more promise. */
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
        for (const object of cursor.objects) collectObjects(object, step.path, objects)
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
    const { operation, coerced, variables } = this.run
    const shape = operation.shape(coerced)
    const { data, misfits } = applyShape(shape, this.data, this.absent ?? nothing)
    for (const one of misfits) this.faults.misfit(one)
    const { errors } = this.faults
    if (data && shape.introspection.length > 0) {
      const known = introspect(operation, shape.introspection, variables)
      Object.assign(data, known.data)
      errors.push(...(known.errors ?? []))
    }
    return errors.length > 0 ? { errors, data } : { data }
  }

  private async fetchRoot(step: FetchStep, cursor: Cursor): Promise<void> {
    const response = await this.send(step, cursor, '')
    if (response) this.received(step, response, cursor)
  }

  /** Merges the answer of a fetch at the root. */
  received(step: FetchStep, response: SubgraphResponse, cursor: Cursor): void {
    this.faults.ofRoot(step, response.errors)
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
    this.faults.ofEntities(step, { data: this.data, path: cursor.path }, response.errors, owners)
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

  /** null when no answer came; the errors are then added. */
  private async send(step: FetchStep, cursor: Cursor, representations: string): Promise<SubgraphResponse | null> {
    const { run } = this
    const started = performance.now()
    try {
      const response = await run.subgraphs.send(step.service, requestBody(step, run.variables, representations), {
        headers: run.headers(step.service),
        // A mutation is never sent twice.
        retry: step.operationKind !== OperationTypeNode.MUTATION,
        ...(run.signal && { signal: run.signal }),
      })
      run.onFetch?.(step.service, performance.now() - started, null)
      return response
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error
      run.onFetch?.(step.service, performance.now() - started, error)
      this.faults.failed(step, cursor.path, error)
      return null
    }
  }
}
