import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlanSelectionNode, SubscriptionNode } from '@apollo/query-planner'
import { Kind, type OperationTypeNode, parse } from 'graphql'
import { type Rewrite, rewrites } from './rewrites.js'

/** A query plan compiled to be run many times: paths are split, request bodies are serialised up to their variables. */
export type Step =
  | { kind: 'sequence'; steps: Step[] }
  | { kind: 'parallel'; steps: Step[] }
  | { kind: 'flatten'; path: string[]; step: Step }
  | { kind: 'condition'; variable: string; whenTrue: Step | null; whenFalse: Step | null }
  | FetchStep

export interface FetchStep {
  kind: 'fetch'
  service: string
  operation: string
  operationName: string | undefined
  operationKind: OperationTypeNode
  /** The request's JSON up to and including `"variables":{`. */
  bodyHead: string
  variableUsages: string[]
  /** The fields that an entity must have before it can be asked for; null for a fetch at the root. */
  requires: QueryPlanSelectionNode[] | null
  inputRewrites: Rewrite[]
  outputRewrites: Rewrite[]
  /** The response names that this fetch answers at the root; empty for a fetch of entities. */
  rootNames: string[]
}

/** `primary` is the operation opened at its subgraph; `rest` is run for each event. */
export interface SubscriptionSteps {
  kind: 'subscription'
  primary: FetchStep
  rest: Step | null
}

class UnsupportedPlan extends Error {}

export function compileStep(node: PlanNode): Step {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map(compileStep) }
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map(compileStep) }
    case 'Flatten':
      return { kind: 'flatten', path: node.path.map(String), step: compileStep(node.node) }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause ? compileStep(node.ifClause) : null,
        whenFalse: node.elseClause ? compileStep(node.elseClause) : null,
      }
    case 'Fetch':
      return compileFetch(node)
    default:
      throw new UnsupportedPlan(`plan node ${node.kind}`)
  }
}

export function compileSubscription(node: SubscriptionNode): SubscriptionSteps {
  return { kind: 'subscription', primary: compileFetch(node.primary), rest: node.rest ? compileStep(node.rest) : null }
}

/** How many requests to subgraphs a plan makes at most. Lists add none: fetches are batched over a list. */
export function countFetches(node: PlanNode | SubscriptionNode | undefined): number {
  if (!node) return 0
  switch (node.kind) {
    case 'Fetch':
      return 1
    case 'Sequence':
    case 'Parallel':
      return node.nodes.reduce((sum, child) => sum + countFetches(child), 0)
    case 'Flatten':
      return countFetches(node.node)
    case 'Condition':
      return countFetches(node.ifClause) + countFetches(node.elseClause)
    case 'Subscription':
      return 1 + countFetches(node.rest)
    default:
      return 0
  }
}

function compileFetch(node: FetchNode): FetchStep {
  const requires = node.requires?.length ? node.requires : null
  if (node.contextRewrites?.length) throw new UnsupportedPlan('@context')
  const name = node.operationName ? `,"operationName":${JSON.stringify(node.operationName)}` : ''
  return {
    kind: 'fetch',
    service: node.serviceName,
    operation: node.operation,
    operationName: node.operationName,
    operationKind: node.operationKind,
    bodyHead: `{"query":${JSON.stringify(node.operation)}${name},"variables":{`,
    variableUsages: node.variableUsages ?? [],
    requires,
    inputRewrites: rewrites(node.inputRewrites as FetchDataRewrite[] | undefined),
    outputRewrites: rewrites(node.outputRewrites as FetchDataRewrite[] | undefined),
    rootNames: requires ? [] : rootNames(node.operation),
  }
}

function rootNames(operation: string): string[] {
  const definition = parse(operation, { noLocation: true }).definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)
  const selections = definition?.selectionSet.selections ?? []
  return selections.flatMap((s) => (s.kind === Kind.FIELD ? [s.alias?.value ?? s.name.value] : []))
}
