import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { followClock } from './clock.js'

async function startService() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

it('follows the service over a lost connection, and acknowledges what it applies', async () => {
  const { server, url } = await startService()
  const acks: unknown[] = []
  let version = 0
  server.on('connection', (socket: WebSocket) => {
    version += 1
    socket.on('message', (data) => acks.push(JSON.parse(data.toString())))
    socket.send(JSON.stringify({ version, offsetMs: 0, frozenAt: `2026-11-2${version}T08:00:00Z` }))
  })
  const clock = await followClock(url)
  const jumped = vi.fn()
  clock.onJump(jumped)
  expect(clock.now()).toEqual(new Date('2026-11-21T08:00:00Z'))
  await expect.poll(() => acks).toEqual([{ ack: 1 }])
  for (const socket of server.clients) socket.terminate()
  await expect.poll(() => clock.now()).toEqual(new Date('2026-11-22T08:00:00Z'))
  expect(jumped).toHaveBeenCalledTimes(1)
  await expect.poll(() => acks).toEqual([{ ack: 1 }, { ack: 2 }])
  clock.close()
  server.close()
})

it('gives up on a service that does not answer, and leaves no connection open', async () => {
  const { server, url } = await startService()
  await expect(followClock(url, 300)).rejects.toThrow('no clock at')
  await sleep(500)
  expect(server.clients.size).toBe(0)
  server.close()
})
