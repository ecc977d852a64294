import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { freePorts, listenerOf, obstacleAt } from './ports.mjs'

it('gives ports that are free and all different', async () => {
  const ports = await freePorts(8)
  expect(new Set(ports).size).toBe(8)
  expect(await Promise.all(ports.map(obstacleAt))).toEqual(ports.map(() => null))
})

const addresses = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? [])
const ways = ['127.0.0.1', '0.0.0.0', ...(addresses.includes('::1') ? ['::1', '::'] : [])]

it.skipIf(process.platform === 'win32').each(ways)('names the process that listens on a port at %s', async (address) => {
  const [port = 0] = await freePorts(1)
  expect(listenerOf(port)).toBeNull()
  const server = createServer().listen(port, address)
  await new Promise((resolve) => server.once('listening', resolve))
  expect(await obstacleAt(port)).toBe('TAKEN')
  expect(listenerOf(port)).toContain(`(process ${process.pid})`)
  server.close()
})
