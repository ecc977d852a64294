// npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']: prints the events of a live stream, one JSON line each, until Ctrl-C.
import { WebSocket } from 'ws'
import { load } from './prepare.mjs'
import { fail, portOfProcess, tokenOf } from './sandbox.mjs'

const [person, operation, given = '{}'] = process.argv.slice(2)
if (!person || !operation) fail("npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']")
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
const { createVardgrafClient, VardgrafError } = await load('packages/client/dist/index.js')
const client = createVardgrafClient({
  url: `http://localhost:${portOfProcess('gateway')}/graphql`,
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
  console.error(error instanceof VardgrafError ? `${error.code}: ${error.message}` : error.message)
  process.exitCode = 1
} finally {
  await client.close()
}
