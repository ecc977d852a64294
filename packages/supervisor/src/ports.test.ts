import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePorts, isTaken, listenerOf } from './ports.js'

it('gives ports that are free and all different', async () => {
  const ports = await freePorts(8)
  expect(new Set(ports).size).toBe(8)
  expect(await Promise.all(ports.map(isTaken))).toEqual(ports.map(() => false))
})

it.skipIf(process.platform === 'win32')('names the process that listens on a port', async () => {
  const [port = 0] = await freePorts(1)
  expect(listenerOf(port)).toBeNull()
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  expect(await isTaken(port)).toBe(true)
  expect(listenerOf(port)).toContain(`(process ${process.pid})`)
  server.close()
})
