import type { Language } from '@vardgraf/errors'
import type { Viewer } from '@vardgraf/viewer'
import type { FormattedExecutionResult } from 'graphql'
import type { PreparedOperation } from '../plan/operations.js'

/** What is known of a request while it is served: for its errors, and for its line in the log. */
export class Trace {
  viewer: Viewer | undefined
  operation: PreparedOperation | undefined
  private readonly started = performance.now()
  private readonly fetches: Record<string, { count: number; ms: number }> = {}

  constructor(
    readonly requestId: string,
    readonly language: Language,
  ) {}

  /** One request to a subgraph has ended. */
  fetched(service: string, ms: number): void {
    this.fetches[service] ??= { count: 0, ms: 0 }
    const sum = this.fetches[service]
    sum.count += 1
    sum.ms = Math.round(sum.ms + ms)
  }

  /** The line for the log. Never the variables or the document: they can contain what a patient wrote. */
  line(status: number, { errors }: FormattedExecutionResult): Record<string, unknown> {
    const { requestId, operation, viewer, started, fetches } = this
    return {
      requestId,
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(operation && { kind: operation.kind, operation: operation.name, hash: operation.hash.slice(0, 16) }),
      ...(viewer && { viewer: viewerOf(viewer) }),
      ...(errors && { codes: errors.slice(0, 10).map((error) => error.extensions?.code) }),
      fetches,
    }
  }
}

function viewerOf(viewer: Viewer): Record<string, string> {
  if (viewer.kind === 'PATIENT') return { kind: viewer.kind, id: viewer.personId }
  return viewer.kind === 'STAFF' ? { kind: viewer.kind, id: viewer.staffId, unit: viewer.unitId } : { kind: viewer.kind }
}
