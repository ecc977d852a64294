// Where the running sandbox is, and what a test person gets from it: what token and listen share.
import { portOf, variableOf } from '../packages/supervisor/src/start/ports.mjs'
import { fail } from './prepare.mjs'

/** What to do when a process of the platform does not answer on its port. */
export const unanswered = (name, port) =>
  `no ${name} answers at http://localhost:${port}: run npm start first; if it runs, set VARDGRAF_PORT here as it was set there (or ${variableOf(name)})`

/** The port of a process of `npm start`, found as it finds it. */
export function portOfProcess(name) {
  try {
    return portOf(name, process.env)
  } catch (error) {
    return fail(error.message)
  }
}

/** A bearer token of a test person; ends with one clear line where there is none to be had. */
export async function tokenOf(person) {
  const port = portOfProcess('sandbox')
  const response = await fetch(`http://localhost:${port}/token?person=${encodeURIComponent(person)}`).catch(() =>
    fail(unanswered('sandbox', port)),
  )
  const answer = await response.json().catch(() => null)
  if (answer?.persons) fail(`${answer.error}; there are ${answer.persons.join(', ')}`)
  if (!answer?.access_token)
    fail(
      `what answers at http://localhost:${port} is no sandbox: set VARDGRAF_PORT here as npm start has it (or VARDGRAF_PORT_SANDBOX)`,
    )
  return answer.access_token
}
