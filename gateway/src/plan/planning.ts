import { Worker } from 'node:worker_threads'
import type { PlanNode, SubscriptionNode } from '@apollo/query-planner'
import type { PlanReply, PlanRequest } from './planning-worker.js'

export type PlannedNode = PlanNode | SubscriptionNode | null

/** Planning the operation took too long, or too much memory. */
export class PlanTooCostly extends Error {}

interface Job {
  request: PlanRequest
  resolve: (plan: PlannedNode) => void
  reject: (error: Error) => void
}

export interface PlanningBudget {
  /** Longest time that planning one operation may take. */
  planMs: number
  maxEvaluatedPlans: number
}

/** Plans operations one at a time on a separate thread, so that a crafted operation blocks neither the process nor other operations for long. */
export class Planner {
  private readonly queue: Job[] = []
  private current: Job | undefined
  private worker: Worker | undefined
  private ready = false
  private timer: NodeJS.Timeout | undefined
  private closed = false

  constructor(
    private readonly supergraphSdl: string,
    private readonly budget: PlanningBudget,
  ) {
    this.start()
  }

  /** @throws PlanTooCostly when planning exceeds the budget; any other error means that the planner itself failed. */
  plan(source: string, operationName: string | undefined): Promise<PlannedNode> {
    if (this.closed) return Promise.reject(new Error('the planner is closed'))
    return new Promise((resolve, reject) => {
      this.queue.push({ request: { source, operationName }, resolve, reject })
      this.next()
    })
  }

  /** Ends the thread; plans under way are rejected. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    for (const job of [...(this.current ? [this.current] : []), ...this.queue.splice(0)])
      job.reject(new Error('the planner is closed'))
    this.current = undefined
    await this.worker?.terminate()
  }

  private start(): void {
    this.ready = false
    const file = import.meta.url.endsWith('.ts') ? './planning-worker.ts' : './planning-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { supergraphSdl: this.supergraphSdl, maxEvaluatedPlans: this.budget.maxEvaluatedPlans },
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    worker.unref()
    worker.on('message', (reply: PlanReply) => this.replied(reply))
    worker.on('error', (error) => this.died(worker, error))
    worker.on('exit', () => this.died(worker, new Error('the planning thread ended')))
    this.worker = worker
  }

  private next(): void {
    if (!this.ready || this.current) return
    const job = this.queue.shift()
    if (!job) {
      // An idle planner must not keep the process alive.
      this.worker?.unref()
      return
    }
    this.current = job
    this.worker?.ref()
    this.worker?.postMessage(job.request)
    this.timer = setTimeout(() => this.giveUp(), this.budget.planMs)
  }

  private replied(reply: PlanReply): void {
    if ('ready' in reply) this.ready = true
    else if ('plan' in reply) this.finish()?.resolve(reply.plan as PlannedNode)
    else this.finish()?.reject(new Error(reply.error))
    this.next()
  }

  private giveUp(): void {
    const worker = this.worker
    this.worker = undefined
    this.finish()?.reject(new PlanTooCostly(`planning took more than ${this.budget.planMs} ms`))
    this.start()
    void worker?.terminate()
  }

  private died(worker: Worker, error: Error): void {
    if (worker !== this.worker || this.closed) return
    // Most likely out of memory, because of the operation that was being planned. The ones in the queue are planned anew.
    const blamed = this.finish()
    if (blamed) {
      blamed.reject(new PlanTooCostly(error.message))
      this.start()
    } else {
      this.worker = undefined
      for (const job of this.queue.splice(0)) job.reject(error)
    }
  }

  private finish(): Job | undefined {
    clearTimeout(this.timer)
    const job = this.current
    this.current = undefined
    return job
  }
}
