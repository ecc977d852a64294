import { createRequire } from 'node:module'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freePorts } from '../ports.mjs'
import { checkPorts, type PortName, portsOf, refused, standard, variableOf } from './ports.mjs'

/** As with `npm start`: every port on a free one of its own. */
async function moved(): Promise<Record<string, string>> {
  const names = Object.keys(standard) as PortName[]
  const free = await freePorts(names.length)
  return Object.fromEntries(names.map((name, index) => [variableOf(name), String(free[index])]))
}

describe('the ports of npm start', () => {
  it('are refused where one is wanted twice, by whom', () => {
    expect(() => portsOf({ VARDGRAF_PORT_VISITS: '4003' })).toThrow(
      'port 4003 is wanted twice, by visits and messaging: set VARDGRAF_PORT_MESSAGING to another port',
    )
  })

  it('are refused where browsers would not open one, all of them at once', () => {
    expect(() => portsOf({ VARDGRAF_PORT: '6665' })).toThrow(
      /^port 6665 \(gateway\) is one that browsers refuse to open: set VARDGRAF_PORT_GATEWAY.*\n.*6666 \(patients\).*\n.*6667 \(visits\).*\n.*6668 \(messaging\).*\n.*6669 \(billing\)[^\n]*$/,
    )
  })

  it('let PostgreSQL have a port that browsers refuse: they never open it', () => {
    expect(portsOf({ VARDGRAF_PORT_POSTGRES: '6000' })).toMatchObject({ postgres: 6000 })
  })

  it('are every one that Node refuses to speak HTTP with, and no other', () => {
    const require = createRequire(import.meta.url)
    const { badPorts } = require('undici/lib/web/fetch/constants.js') as { badPorts: string[] }
    expect([...refused].map(String).sort()).toEqual(badPorts.filter((port) => port !== '0').sort())
  })

  it('tell of each variable that is no port, and of VARDGRAF_PORT once', () => {
    const env = { VARDGRAF_PORT: 'x', VARDGRAF_PORT_BILLING: '', VARDGRAF_PORT_POSTGRES: '1.5' }
    const lines = ['VARDGRAF_PORT', 'VARDGRAF_PORT_BILLING', 'VARDGRAF_PORT_POSTGRES']
    expect(() => portsOf(env)).toThrow(lines.map((name) => `${name} must be a port from 1 to 65535`).join('\n'))
  })

  it('leave PostgreSQL’s out with a PostgreSQL of one’s own, whatever it would be', () => {
    const env = { VARDGRAF_DATABASE_URL: 'postgres://elsewhere/db', VARDGRAF_PORT: '65530' }
    expect(portsOf(env)).not.toHaveProperty('postgres')
    expect(() => portsOf({ ...env, VARDGRAF_PORT: '65531' })).toThrow('a port that follows 65531 would pass 65535')
  })
})

describe('checkPorts', () => {
  const servers: Server[] = []
  const listenOn = (port: number): Promise<void> =>
    new Promise((resolve) => servers.push(createServer().listen(port, '127.0.0.1', resolve)))
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  it('is content with free ports', async () => {
    await expect(checkPorts(await moved())).resolves.toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')('names every port that is taken, by whom, and what moves it', async () => {
    const env = await moved()
    await listenOn(Number(env.VARDGRAF_PORT_MESSAGING))
    await listenOn(Number(env.VARDGRAF_PORT_POSTGRES))
    const line = (name: string, port = '') =>
      `port ${port} \\(${name}\\) is taken by .*\\(process ${process.pid}\\): end it, or set VARDGRAF_PORT_${name.toUpperCase()} to another port`
    await expect(checkPorts(env)).rejects.toThrow(
      new RegExp(`^${line('messaging', env.VARDGRAF_PORT_MESSAGING)}.*\n${line('postgres', env.VARDGRAF_PORT_POSTGRES)}.*$`),
    )
  })

  it('does not mind who has PostgreSQL’s port with a PostgreSQL of one’s own', async () => {
    const env = await moved()
    await listenOn(Number(env.VARDGRAF_PORT_POSTGRES))
    await expect(checkPorts({ ...env, VARDGRAF_DATABASE_URL: 'postgres://elsewhere/db' })).resolves.toBeUndefined()
  })
})
