import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processNames } from '@vardgraf/manifest'
import { freePorts, root } from '@vardgraf/supervisor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const names = [...processNames, 'postgres'] as const
const data = mkdtempSync(join(tmpdir(), 'vardgraf-start-'))
// PostgreSQL, which does not run as root, must be able to enter it.
chmodSync(data, 0o755)
let ports: Record<(typeof names)[number], number>
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  const free = await freePorts(names.length)
  ports = Object.fromEntries(names.map((name, index) => [name, free[index] ?? 0])) as typeof ports
  const moved = Object.entries(ports).map(([name, port]) => [`VARDGRAF_PORT_${name.toUpperCase()}`, String(port)])
  // Installed and built is what runs this test.
  env = { ...process.env, ...Object.fromEntries(moved), VARDGRAF_DATA: data, VARDGRAF_PREPARED: 'true' }
})
const started: Start[] = []
afterAll(async () => {
  // What a failed test left running ends with its supervisor.
  for (const { process } of started) process.kill('SIGKILL')
  await allGone()
  rmSync(data, { recursive: true, force: true })
})

/** One `npm start`, and what it has printed. */
class Start {
  output = ''
  readonly process: ChildProcess
  readonly ended: Promise<number | null>

  constructor() {
    this.process = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    started.push(this)
    const take = (chunk: Buffer) => (this.output += chunk.toString())
    this.process.stdout?.on('data', take)
    this.process.stderr?.on('data', take)
    this.ended = new Promise((resolve) => this.process.once('exit', (code) => resolve(code)))
  }

  async says(text: string): Promise<void> {
    for (let tries = 0; tries < 1_800; tries++) {
      if (this.output.includes(text)) return
      if (this.process.exitCode !== null) break
      await sleep(100)
    }
    throw new Error(`it never said ${JSON.stringify(text)}, but:\n${this.output}`)
  }

  static async up(): Promise<Start> {
    const started = new Start()
    await started.says('Try it')
    return started
  }
}

const script = (name: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [join(root, 'scripts', `${name}.mjs`), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  )

async function graph(query: string, token?: string): Promise<Record<string, never>> {
  const response = await fetch(`http://localhost:${ports.gateway}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  })
  return ((await response.json()) as { data: Record<string, never> }).data
}

/** Processes of this data folder or these ports, by what their environment or command says (Linux only). */
function left(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(data))
    } catch {
      return false
    }
  })
}

async function allGone(): Promise<string[]> {
  for (let tries = 0; tries < 600 && left().length > 0; tries++) await sleep(100)
  return left()
}

/** The process that runs a subgraph of this platform. */
const pidOf = (name: string): number =>
  Number(left().find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`subgraphs/${name}/dist/index.js`)))

describe.skipIf(process.platform !== 'linux')('npm start', { timeout: 600_000 }, () => {
  it('runs the whole platform, tells what is wrong in one line, and leaves nothing behind', async () => {
    const first = await Start.up()
    for (const line of [
      'starting PostgreSQL',
      'migrating',
      'starting the gateway',
      'astrid',
      `http://localhost:${ports.gateway}/graphql`,
    ]) {
      expect(first.output).toContain(line)
    }

    // npm run -s token prints the token and nothing else; the query that was printed works with it.
    const { stdout } = await script('token', 'astrid')
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await graph('{ me { patient { givenName } } }', stdout.trim())).toEqual({ me: { patient: { givenName: 'Astrid' } } })
    expect(await script('token', 'nobody')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('astrid') })

    // A subgraph that dies comes back.
    process.kill(pidOf('messaging'), 'SIGKILL')
    await first.says('messaging ended by SIGKILL; it is started again')
    await first.says('messaging is back')

    // So does PostgreSQL, and what needs it goes on.
    process.kill(Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    await first.says('PostgreSQL is back')
    await expect
      .poll(() => graph('{ careUnits(first: 1) { edges { cursor } } }'), { timeout: 60_000 })
      .toMatchObject({ careUnits: {} })

    // A second one says, before anything is done, that there is one already and where.
    const second = new Start()
    expect(await second.ended).toBe(1)
    expect(second.output).toContain(`Vårdgraf runs from this folder already: it is at http://localhost:${ports.gateway}/`)
    expect(second.output).not.toContain('building')
    expect(await script('reset')).toMatchObject({ code: 1, stderr: expect.stringContaining('is running') })

    await graph('mutation { sandboxSetClock(at: "2027-05-05T12:00:00+02:00", frozen: true) { now } }')
    // Ctrl-C reaches the whole process group.
    process.kill(-(first.process.pid ?? 0), 'SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.output).toContain('stopped')
    expect(left()).toEqual([])
  })

  it('keeps the data, and ends everything even when it is killed', async () => {
    const again = await Start.up()
    expect(await graph('{ sandboxClock { now } }')).toEqual({ sandboxClock: { now: '2027-05-05T12:00:00+02:00' } })
    again.process.kill('SIGKILL')
    expect(await allGone()).toEqual([])
  })

  it('says in one line what to do about a half-written data folder, which npm run reset does', async () => {
    rmSync(join(data, 'postgres', 'global', 'pg_control'))
    const broken = new Start()
    expect(await broken.ended).toBe(1)
    expect(broken.output.trim().split('\n').at(-1)).toMatch(/half-written.*npm run reset/)
    expect(await script('reset')).toMatchObject({ code: 0 })
    expect(existsSync(data)).toBe(false)
  })
})
