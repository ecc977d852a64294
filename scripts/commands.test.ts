import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

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
    for (const part of ['scripts', 'packages/supervisor/src']) cpSync(join(root, part), join(clone, part), { recursive: true })
  })
  afterEach(() => rmSync(clone, { recursive: true, force: true }))
  const start = (env: Record<string, string>) => run('start', [], env, clone)

  it('tells which ports browsers refuse before it installs anything', async () => {
    const { code, stdout, stderr } = await start({ VARDGRAF_PORT: '6000' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^✗ port 6000 \(gateway\) is one that browsers refuse to open: set VARDGRAF_PORT_GATEWAY/)
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
    expect(await token('nobody')).toMatchObject({ code: 1, stderr: 'no such test person; there are astrid, birger\n' })
  })

  it.each(['{"errors":[]}', '<html>', 'null'])('says that %s comes from no sandbox', async (text) => {
    answer = text
    expect(await token('astrid')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('is no sandbox') })
  })

  it('names the variable that is no port', async () => {
    const { code, stderr } = await run('token', ['astrid'], { VARDGRAF_PORT: 'x' })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'VARDGRAF_PORT must be a port from 1 to 65535\n' })
  })
})
