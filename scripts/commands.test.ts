import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

/** Runs a script of this folder to its end. */
function run(script: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const file = fileURLToPath(new URL(`${script}.mjs`, import.meta.url))
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
