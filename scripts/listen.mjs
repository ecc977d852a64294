// npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']: prints the events of a live stream, one JSON line each, until Ctrl-C.
import { fail, load } from './prepare.mjs'
import { portOfProcess, tokenOf, unanswered } from './sandbox.mjs'

const [person, operation, given = '{}', ...more] = process.argv.slice(2)
if (!person || !operation || more.length > 0) fail("npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']")
const variables = parsed(given)

function parsed(json) {
  try {
    return JSON.parse(json)
  } catch {
    return fail(`the variables are no JSON: ${json}`)
  }
}

// What is wrong with the sandbox or the person is said before anything connects.
await tokenOf(person)
// Not before: without an install there is none.
const { WebSocket } = await import('ws')
const { createVardgrafClient, VardgrafError } = await load('packages/client/dist/index.js')
const port = portOfProcess('gateway')
const client = createVardgrafClient({
  url: `http://localhost:${port}/graphql`,
  token: () => tokenOf(person),
  webSocket: WebSocket,
  language: 'en',
  reconnects: 3,
})
process.on('SIGINT', () => void client.close().then(() => process.exit(0)))
try {
  for await (const { data, errors } of client.subscribe(operation, variables))
    console.log(JSON.stringify(errors.length > 0 ? { data, errors } : data))
} catch (error) {
  for (const line of error instanceof VardgrafError ? linesOf(error) : [error.message]) console.error(`✗ ${line}`)
  process.exitCode = 1
} finally {
  await client.close()
}

/** What went wrong, and all that the graph says of it: what it expects, what unlocks it, by which rule. */
function linesOf({ code, message, errors }) {
  if (code === 'NETWORK') return [unanswered('gateway', port)]
  const { argument, expected, detail, unlock, rule } = errors[0]?.extensions ?? {}
  const more = Object.entries({ argument, expected, detail, unlock, rule }).filter(([, value]) => value !== undefined)
  return [
    `${code}: ${message}`,
    ...more.map(([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ]
}
