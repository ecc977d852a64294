import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { closeReasons } from './close-codes.js'

const server = createServer()
const sockets = new WebSocketServer({ server })
let attempts = 0
let closeWith = 1000
let url = ''

beforeAll(async () => {
  sockets.on('connection', (socket) => {
    attempts += 1
    socket.on('message', () => socket.close(closeWith))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  sockets.close()
  server.close()
})

it.each(Object.entries(closeReasons))(
  '%s is retried by the stock client, or not, as the table says',
  async (_, { code, retried }) => {
    closeWith = code
    attempts = 0
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 1, retryWait: async () => {} })
    await new Promise<void>((ended) =>
      client.subscribe({ query: '{ a }' }, { next: () => {}, error: () => ended(), complete: ended }),
    )
    expect(attempts > 1).toBe(retried)
    await client.dispose()
  },
)

it('the table is what docs/streams.md tells clients', () => {
  const docs = readFileSync(new URL('../../../docs/streams.md', import.meta.url), 'utf8')
  const rows = Object.entries(closeReasons).map(
    ([name, { code, retried, meaning }]) => `| ${code} | \`${name}\` | ${retried ? 'connects again' : 'gives up'} | ${meaning} |`,
  )
  for (const row of rows) expect(docs).toContain(row)
})
