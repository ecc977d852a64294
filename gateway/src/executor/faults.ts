import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { FetchStep } from '../plan/steps.js'
import type { JsonObject } from '../upstream/json.js'
import type { SubgraphFailure } from '../upstream/response.js'
import type { Misfit } from './complete.js'
import { concretePaths, upToFirstList } from './paths.js'

type Path = readonly (string | number)[]

/** The errors of one answer, each with its path in the whole answer. */
export class Faults {
  readonly errors: GraphQLError[] = []

  /** No answer came: one error for each root field that is missing, or one for the place where entities are missing. */
  failed(step: FetchStep, path: readonly string[], failure: SubgraphFailure): void {
    const prefix = upToFirstList(path)
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

  /** A subgraph's errors of a fetch at the root. */
  ofRoot(step: FetchStep, errors: readonly GraphQLFormattedError[] | undefined): void {
    for (const error of errors ?? []) this.add(error, step, error.path)
  }

  /**
   * A subgraph's errors of a fetch of entities: each entity that was sent stands for all objects that share it.
   * @param path where the entities are in `data`
   * @param owners for each entity that was sent, the indexes of those objects
   */
  ofEntities(
    step: FetchStep,
    { data, path }: { data: JsonObject; path: readonly string[] },
    errors: readonly GraphQLFormattedError[] | undefined,
    owners: readonly (readonly number[])[],
  ): void {
    let places: Path[] | undefined
    for (const error of errors ?? []) {
      const sent = error.path?.[0] === '_entities' ? error.path[1] : undefined
      if (typeof sent !== 'number') {
        this.add(error, step, upToFirstList(path))
        continue
      }
      places ??= concretePaths(data, path)
      for (const owner of owners[sent] ?? []) this.add(error, step, [...(places[owner] ?? []), ...(error.path?.slice(2) ?? [])])
    }
  }

  /** A value that does not fit the schema. Not added when an error at, below or above its path already says why it is missing. */
  misfit({ message, path }: Misfit): void {
    const explained = this.errors.some(
      (error) => !error.path || error.path.every((key, index) => index >= path.length || key === path[index]),
    )
    if (!explained) this.errors.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }))
  }

  private add(error: GraphQLFormattedError, step: FetchStep, path: Path | undefined): void {
    this.errors.push(
      new GraphQLError(String(error.message ?? ''), {
        ...(path && path.length > 0 && { path: [...path] }),
        extensions: { ...error.extensions, service: step.service },
      }),
    )
  }
}
