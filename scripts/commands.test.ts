import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'

interface Ended {
  code: number
  stdout: string
  stderr: string
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a script to its end. */
function run(script: string, args: string[], env: Record<string, string>, from = root): Promise<Ended> {
  const file = join(from, 'scripts', `${script}.mjs`)
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    ),
  )
}

describe('npm run reset', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vardgraf-reset-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const reset = () => run('reset', [], { VARDGRAF_DATA: folder })

  it('removes what npm start has made, and the folder with it', async () => {
    for (const own of ['keys', 'logs', 'postgres', 'postgres.half']) mkdirSync(join(folder, own))
    writeFileSync(join(folder, 'postgres.log'), '')
    expect(await reset()).toMatchObject({ code: 0, stdout: expect.stringContaining('is empty') })
    expect(existsSync(folder)).toBe(false)
    expect((await reset()).code).toBe(0)
  })

  it('leaves alone what is not its own, and says so', async () => {
    mkdirSync(join(folder, 'logs'))
    writeFileSync(join(folder, 'thesis.txt'), 'years of work')
    expect(await reset()).toMatchObject({ code: 0, stdout: expect.stringContaining('left alone') })
    expect(readdirSync(folder)).toEqual(['thesis.txt'])
  })

  it('does not take a file for the folder', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await run('reset', [], { VARDGRAF_DATA: file })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is a file'),
    })
    expect(existsSync(file)).toBe(true)
  })
})

it('npm test runs no check that it does not know, and says which there are', async () => {
  const { code, stderr } = await run('check', ['boundries'], {})
  expect(code).toBe(2)
  expect(stderr).toMatch(/^no check boundries; there are lint, .*boundaries.*tests\n$/)
})

it('npm run check runs all but those that it leaves out, and knows their names too', async () => {
  const { code, stderr } = await run('check', ['--without', 'test'], {})
  expect(code).toBe(2)
  expect(stderr).toMatch(/^no check test; there are lint, /)
})

describe('npm run migration', () => {
  it.each([
    [['foo', 'bar'], '✗ no subgraph foo has tables that Prisma describes; there are messaging, patients, visits\n'],
    [['billing', 'bar'], '✗ no subgraph billing has tables that Prisma describes; there are messaging, patients, visits\n'],
    [['visits', 'Bar'], '✗ npm run migration -- <subgraph> <name>, the name in lower case with _\n'],
    [['visits', 'a', 'b'], '✗ npm run migration -- <subgraph> <name>, the name in lower case with _\n'],
  ])('with %j says in one line what is wrong', async (args, stderr) => {
    expect(await run('migration', args, {})).toEqual({ code: 1, stdout: '', stderr })
  })
})

describe('npm run gateway', () => {
  const usage = '✗ usage: npm run gateway -- [--supergraph FILE] [--port N] [--insecure-no-auth]'
  const alone = ['--insecure-no-auth', '--port', '0']

  it.each([
    [
      'settings are missing',
      ['--port', '0'],
      [
        '✗ OIDC_ISSUER is missing (without any login: --insecure-no-auth)',
        '✗ SERVICE_KEY is missing (without any login: --insecure-no-auth)',
      ],
    ],
    ['the port is none', ['--insecure-no-auth', '--port', 'abc'], ['✗ --port must be a port from 0 (any free one) to 65535']],
    ['there is no such file', [...alone, '--supergraph', 'nowhere'], ['✗ --supergraph: there is no file nowhere']],
    [
      'the file is no supergraph',
      [...alone, '--supergraph', 'README.md'],
      ['✗ --supergraph: README.md is not a supergraph; npm run schema writes supergraph.graphql'],
    ],
    ['an option is unknown', ['--foo'], ["✗ Unknown option '--foo'"]],
  ])('says before it builds that %s', async (_what, args, lines) => {
    const { code, stdout, stderr } = await run('gateway', args, {})
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const told = stderr.trimEnd().split('\n')
    expect(told.slice(0, -1)).toEqual(lines)
    expect(told.at(-1)?.startsWith(usage)).toBe(true)
  })

  it('says before it builds who has the port', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { stderr } = await run('gateway', ['--insecure-no-auth', '--port', String(port)], {})
    server.close()
    expect(stderr).toMatch(new RegExp(`^✗ port ${port} is taken by .*: end it, or set --port to another port\n`))
  })
})

it.each([
  [['kills', '--runs', '0'], /^✗ --runs takes a whole number from 1, not 0$/m],
  [['kills', '--seed', 'x'], /^✗ --seed takes a whole number from 1, not x$/m],
  [['kills', '--round', '3'], /^✗ Unknown option '--round'\n✗ npm run prove -- kills --seed 7 --runs 200/],
  [['kils'], /^✗ there is no proof kils; there are kills, floods, races, properties, mutation$/m],
])('npm run prove -- %j makes nothing, and says what it takes', async (args, line) => {
  const { code, stdout, stderr } = await run('prove', args, {})
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(line)
})

it('npm run prove lists the proofs, with their claims, usual sizes and times', async () => {
  const { code, stdout } = await run('prove', [], {})
  expect(code).toBe(0)
  for (const name of ['kills', 'floods', 'races', 'properties', 'mutation'])
    expect(stdout).toMatch(new RegExp(`^${name} +[A-Z].+\\.( \\[.+\\])?\\n +\\d+ .+, about \\d+ min$`, 'm'))
})

/** A fresh clone: what is written, nothing installed, nothing built. */
describe('npm start', () => {
  let clone: string
  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'vardgraf-clone-'))
    for (const part of ['scripts', 'packages/manifest/src', 'packages/supervisor/src'])
      cpSync(join(root, part), join(clone, part), { recursive: true })
  })
  afterEach(() => rmSync(clone, { recursive: true, force: true }))
  const start = (env: Record<string, string>) => run('start', [], env, clone)

  it('tells which ports browsers refuse before it installs anything', async () => {
    const { code, stdout, stderr } = await start({ VARDGRAF_PORT: '6000' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^✗ port 6000 \(gateway\) is one that browsers refuse to open: set VARDGRAF_PORT_GATEWAY/)
  })

  it('tells all that is wrong with its settings before it installs anything, and no password', async () => {
    const file = join(clone, 'file')
    writeFileSync(file, '')
    const { code, stdout, stderr } = await start({
      VARDGRAF_PORT: 'x',
      VARDGRAF_DATA: file,
      VARDGRAF_DATABASE_URL: 'mysql://me:secret@localhost/x',
      VARDGRAF_DEMO: 'maybe',
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([
      '✗ VARDGRAF_PORT must be a port from 1 to 65535',
      `✗ VARDGRAF_DATA is a file, not a folder: ${file}`,
      '✗ VARDGRAF_DATABASE_URL must be an address such as postgresql://user:password@localhost:5432/vardgraf',
      '✗ VARDGRAF_DEMO must be true or false',
    ])
  })

  it('tells where no PostgreSQL answers before it installs anything, and no password', async () => {
    const ports = { VARDGRAF_PORT: String(20_000 + (process.pid % 20_000)) }
    const { code, stdout, stderr } = await start({ ...ports, VARDGRAF_DATABASE_URL: 'postgresql://me:secret@localhost:1/x' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      '✗ VARDGRAF_DATABASE_URL: no PostgreSQL answers at localhost:1 (ECONNREFUSED): start it, or mend the address\n',
    )
    expect(stderr).not.toContain('secret')
  })

  it('tells which ports are taken before it installs anything', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { code, stdout, stderr } = await start({ VARDGRAF_PORT_MESSAGING: String(port) })
    server.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`✗ port ${port} (messaging) is taken`)
  })
})

describe('npm run token', () => {
  let server: Server
  let answer: string
  beforeEach(async () => {
    server = createServer((_request, response) => response.end(answer))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => server.close())
  const token = (person: string) =>
    run('token', [person], { VARDGRAF_PORT_SANDBOX: String((server.address() as AddressInfo).port) })

  it('prints the token and nothing else', async () => {
    answer = '{"access_token":"abc"}'
    expect(await token('astrid')).toEqual({ code: 0, stdout: 'abc\n', stderr: '' })
  })

  it('names the test persons there are', async () => {
    answer = '{"error":"no such test person","persons":["astrid","birger"]}'
    expect(await token('nobody')).toMatchObject({ code: 1, stderr: '✗ no such test person; there are astrid, birger\n' })
  })

  it.each(['{"errors":[]}', '<html>', 'null'])('says that %s comes from no sandbox', async (text) => {
    answer = text
    expect(await token('astrid')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('is no sandbox') })
  })

  it('takes one person, and says so', async () => {
    const { code, stderr } = await run('token', ['astrid', 'birger'], {})
    expect({ code, stderr }).toEqual({ code: 1, stderr: '✗ npm run -s token -- <test person>, such as astrid\n' })
  })

  it('says where it looked and what moves that when nothing answers', async () => {
    const { port } = server.address() as AddressInfo
    server.close()
    expect(await run('token', ['astrid'], { VARDGRAF_PORT_SANDBOX: String(port) })).toEqual({
      code: 1,
      stdout: '',
      stderr: `✗ no sandbox answers at http://localhost:${port}: run npm start first; if it runs, set VARDGRAF_PORT here as it was set there (or VARDGRAF_PORT_SANDBOX)\n`,
    })
  })

  it('names the variable that is no port', async () => {
    const { code, stderr } = await run('token', ['astrid'], { VARDGRAF_PORT: 'x' })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '✗ VARDGRAF_PORT must be a port from 1 to 65535\n' })
  })
})

describe('npm run listen', () => {
  let server: Server
  let sockets: WebSocketServer
  let error: object
  let env: Record<string, string>
  /** Sandbox and gateway in one: a token for everybody, and an error for every subscription. */
  beforeEach(async () => {
    server = createServer((_request, response) => response.end('{"access_token":"abc"}'))
    sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) =>
      socket.on('message', (data) => {
        const { type, id } = JSON.parse(data.toString())
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}')
        if (type === 'subscribe') socket.send(JSON.stringify({ type: 'error', id, payload: [error] }))
      }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const port = String((server.address() as AddressInfo).port)
    env = { VARDGRAF_PORT_SANDBOX: port, VARDGRAF_PORT_GATEWAY: port }
  })
  afterEach(() => {
    sockets.close()
    server.close()
  })
  const listen = () => run('listen', ['nurse-1', 'subscription { x }'], env)

  it('prints all that the graph says of an error: what is expected, what unlocks it, by which rule', async () => {
    const extensions = {
      code: 'BAD_USER_INPUT',
      argument: 'first',
      expected: '1 to 100',
      unlock: 'Ask for fewer.',
      rule: 'R1',
      requestId: 'r',
    }
    error = { message: 'The input is not valid.', extensions }
    const { code, stderr } = await listen()
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n')).toEqual([
      '✗ BAD_USER_INPUT: The input is not valid.',
      '✗   argument: first',
      '✗   expected: 1 to 100',
      '✗   unlock: Ask for fewer.',
      '✗   rule: R1',
    ])
  })

  it('names the address when no gateway answers there', async () => {
    const { stderr } = await run('listen', ['nurse-1', 'subscription { x }'], { ...env, VARDGRAF_PORT_GATEWAY: '1' })
    expect(stderr).toBe(
      '✗ no gateway answers at http://localhost:1: run npm start first; if it runs, set VARDGRAF_PORT here as it was set there (or VARDGRAF_PORT_GATEWAY)\n',
    )
  })
})
