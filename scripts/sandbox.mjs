// Where the running sandbox is, and what a test person gets from it: what token and listen share.

/** A line for people on stderr, and the end. */
export function fail(line) {
  console.error(line)
  process.exit(1)
}

/** The port of a process of `npm start`: its own variable, or so far behind VARDGRAF_PORT. */
export function portOf(name, offset) {
  const port = Number(process.env[`VARDGRAF_PORT_${name}`] ?? Number(process.env.VARDGRAF_PORT ?? 4000) + offset)
  if (!Number.isInteger(port)) fail('VARDGRAF_PORT must be a port from 1 to 65535')
  return port
}

/** A bearer token of a test person; ends with one clear line where there is none to be had. */
export async function tokenOf(person) {
  const port = portOf('SANDBOX', 5)
  const response = await fetch(`http://localhost:${port}/token?person=${encodeURIComponent(person)}`).catch(() =>
    fail(`no sandbox answers on port ${port}: run npm start first, or set VARDGRAF_PORT_SANDBOX`),
  )
  const answer = await response.json().catch(() => null)
  if (answer?.persons) fail(`${answer.error}; there are ${answer.persons.join(', ')}`)
  if (!answer?.access_token)
    fail(`what answers on port ${port} is no sandbox: set VARDGRAF_PORT_SANDBOX, or VARDGRAF_PORT as for npm start`)
  return answer.access_token
}
