import { parentPort, workerData } from 'node:worker_threads'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { QueryPlanner } from '@apollo/query-planner'
import { parse } from 'graphql'

// Planning a crafted operation can take long, and only a thread can be stopped. Nothing of our own code is imported here, so the thread starts fast.

/** A request for a plan, and its answer. */
export interface PlanRequest {
  source: string
  operationName: string | undefined
}
export type PlanReply = { ready: true } | { plan: unknown } | { error: string }

const { supergraphSdl, maxEvaluatedPlans } = workerData as { supergraphSdl: string; maxEvaluatedPlans: number }
const supergraph = Supergraph.build(supergraphSdl)
const apiSchema = supergraph.apiSchema()
const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans } })
const reply = (message: PlanReply): void => parentPort?.postMessage(message)

parentPort?.on('message', ({ source, operationName }: PlanRequest) => {
  try {
    const operation = operationFromDocument(apiSchema, parse(source, { noLocation: true }), {
      validate: false,
      ...(operationName !== undefined && { operationName }),
    })
    reply({ plan: planner.buildQueryPlan(operation).node ?? null })
  } catch (error) {
    reply({ error: error instanceof Error ? error.message : String(error) })
  }
})
reply({ ready: true })
