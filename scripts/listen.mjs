// npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']: prints the events of a live stream, one JSON line each, until Ctrl-C.
import { createVardgrafClient, VardgrafError } from '@vardgraf/client'
import { WebSocket } from 'ws'

const [person, operation, variables = '{}'] = process.argv.slice(2)
if (!person || !operation) {
  console.error("npm run -s listen -- <person> '<subscription>' ['<variables as JSON>']")
  process.exit(2)
}
const port = (name, offset) => process.env[`VARDGRAF_PORT_${name}`] ?? Number(process.env.VARDGRAF_PORT ?? 4000) + offset
const sandbox = `http://localhost:${port('SANDBOX', 5)}`

async function token() {
  const response = await fetch(`${sandbox}/token?person=${encodeURIComponent(person)}`)
  const answer = await response.json()
  if (response.ok) return answer.access_token
  console.error(`${answer.error}; there are ${answer.persons?.join(', ')}`)
  process.exit(2)
}

const client = createVardgrafClient({
  url: `http://localhost:${port('GATEWAY', 0)}/graphql`,
  token,
  webSocket: WebSocket,
  language: 'en',
  reconnects: 3,
})
process.on('SIGINT', () => void client.close().then(() => process.exit(0)))
try {
  for await (const { data, errors } of client.subscribe(operation, JSON.parse(variables)))
    console.log(JSON.stringify(errors.length > 0 ? { data, errors } : data))
} catch (error) {
  console.error(error instanceof VardgrafError ? `${error.code}: ${error.message}` : `is npm start running? ${error.message}`)
  process.exitCode = 1
} finally {
  await client.close()
}
