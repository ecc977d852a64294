// Where the running sandbox is, and what a test person gets from it: what token and listen share.
import { portOf } from '../packages/supervisor/src/start/ports.mjs'

/** A line for people on stderr, and the end. */
export function fail(line) {
  console.error(line)
  process.exit(1)
}

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
    fail(`no sandbox answers on port ${port}: run npm start first, or set VARDGRAF_PORT_SANDBOX`),
  )
  const answer = await response.json().catch(() => null)
  if (answer?.persons) fail(`${answer.error}; there are ${answer.persons.join(', ')}`)
  if (!answer?.access_token)
    fail(`what answers on port ${port} is no sandbox: set VARDGRAF_PORT_SANDBOX, or VARDGRAF_PORT as for npm start`)
  return answer.access_token
}
