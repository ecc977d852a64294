import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'
import { execute, executeEvent, fetchVariables, type Run } from '../executor/execute.js'
import type { HeadersFor } from '../login/viewer.js'
import { type Operations, type PreparedOperation as Planned, Refused } from '../plan/operations.js'
import type { Subgraphs } from '../upstream/subgraphs.js'
import { OperationRefused, type OperationRequest, type Ports, type PreparedOperation, type Requester } from './ports.js'

/** The executor of the HTTP side, as the streams use it. */
export interface Federation {
  /** Of the newest supergraph. */
  operations(): Operations
  subgraphs: Subgraphs
  /** Headers of requests to subgraphs, with the viewer signed for each. */
  headers(requester: Requester): HeadersFor
  /** An error made fit to leave the gateway. */
  outward(error: GraphQLError, requester: Requester): GraphQLFormattedError
  onFetch?: Run['onFetch']
}

/** Prepares operations by the same limits, validation and plans as HTTP. What is prepared keeps its version of the supergraph. */
export function federatedOperations(federation: Federation): Ports['prepare'] {
  const { subgraphs, onFetch } = federation
  const shown = ({ errors, ...rest }: ExecutionResult, requester: Requester): FormattedExecutionResult =>
    errors ? { ...rest, errors: errors.map((error) => federation.outward(error, requester)) } : rest

  return async ({ query, operationName, variables }, asking) => {
    try {
      const operation = await federation.operations().prepare(query, operationName)
      const coerced = operation.coerce(variables)
      // A run of its own for each event: with headers whose signature is fresh, and errors that nobody has added to.
      const run = (requester: Requester): Run => ({
        operation,
        variables,
        coerced,
        subgraphs,
        headers: federation.headers(requester),
        signal: requester.signal,
        ...(onFetch && { onFetch }),
      })
      const { kind } = operation
      if (kind === 'subscription') return subscription(operation, variables, run)
      return {
        kind: kind === 'mutation' ? 'MUTATION' : 'QUERY',
        label: labelOf(operation),
        run: async (requester) => shown(await execute(run(requester)), requester),
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      throw new OperationRefused(error.errors.map((one) => federation.outward(one, asking)))
    }
  }

  function subscription(
    planned: Planned,
    variables: OperationRequest['variables'],
    run: (requester: Requester) => Run,
  ): PreparedOperation {
    const { plan } = planned
    if (plan?.kind !== 'subscription') throw new Error('a valid subscription has a plan with a primary')
    const { service, operation, operationName } = plan.primary
    const address = subgraphs.addresses().get(service)
    if (!address) throw new Error(`no address of subgraph ${service}`)
    return {
      kind: 'SUBSCRIPTION',
      label: labelOf(planned),
      primary: {
        service,
        url: address.replace(/^http/, 'ws'),
        query: operation,
        operationName,
        variables: fetchVariables(plan.primary, variables),
      },
      answer: async (event, requester) => shown(await executeEvent(run(requester), event as never), requester),
    }
  }
}

const labelOf = ({ name, hash }: Planned): PreparedOperation['label'] => ({ name, hash: hash.slice(0, 16) })
