import type { Variables } from '../plan/fields.js'
import type { FetchStep } from '../plan/steps.js'

/** The JSON of a request to a subgraph.
 *  @param representations JSON of the entities asked for, as the first variable; empty for a fetch at the root */
export function requestBody(step: FetchStep, variables: Variables, representations: string): string {
  let text = representations
  for (const name of step.variableUsages) {
    if (!Object.hasOwn(variables, name) || variables[name] === undefined) continue
    text += `${text ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(variables[name])}`
  }
  return `${step.bodyHead}${text}}}`
}

/** The variables of a fetch as an object, for an operation on a socket. */
export function fetchVariables(step: FetchStep, variables: Variables): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const name of step.variableUsages)
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) picked[name] = variables[name]
  return picked
}
