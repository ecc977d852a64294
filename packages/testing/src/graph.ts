import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processNames, type ServiceName } from '@vardgraf/manifest'
import { addressesOf, Child, freePorts, platformOf } from '@vardgraf/supervisor'
import { countBoot } from './boots.js'
import { testKeys } from './keys.js'
import type { TestDatabase } from './postgres.js'
import { startPreparedPostgres } from './prepared-database.js'

export type TestGraphOptions = {
  /** Added to every process's environment. */
  env?: Record<string, string>
  /** Added to the environment of one. */
  envOf?: Partial<Record<ServiceName, Record<string, string>>>
  /** Where it stores; a prepared database on the shared server if not given. It is stopped with the graph. */
  database?: TestDatabase
}

/** The whole graph in processes of its own, as `npm start` wires it. */
export interface TestGraph {
  /** The gateway's endpoint. */
  url: string
  /** The same for graphql-ws. */
  wsUrl: string
  /** The owner's, to look at what the processes have stored. */
  databaseUrl: string
  /** The base address of one process: `http://localhost:<port>`. */
  address(name: ServiceName): string
  /** A bearer token of a test person, by the sandbox's clock. */
  token(person: string): Promise<string>
  /** Runs an operation through the gateway as a test person, or as an anonymous viewer. */
  query<T = Record<string, unknown>>(operation: { query: string; variables?: object; as?: string }): Promise<GraphAnswer<T>>
  clock: {
    /** RFC 3339; the clock stands still there unless told to run on. */
    set(at: string, options?: { running?: boolean }): Promise<Date>
    /** An ISO 8601 duration such as `PT15M`. */
    advance(by: string): Promise<Date>
    release(): Promise<Date>
    now(): Promise<Date>
  }
  /** What would have been sent to a number, oldest first. */
  sms(number: string): Promise<{ message: string; from: string; sentAt: string }[]>
  /** SIGKILL. */
  kill(name: ServiceName): Promise<void>
  /** Starts a process that was killed or stopped, on the same port. */
  restart(name: ServiceName): Promise<void>
  /** Ends a process in good order. */
  shutDown(name: ServiceName): Promise<void>
  /** The process id, to ask the kernel what the process uses. */
  pid(name: ServiceName): number
  /** What a process has logged so far. */
  log(name: ServiceName): string
  stop(): Promise<void>
}

export type GraphAnswer<T> = {
  data: T | null
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; [key: string]: unknown } }[]
}

/**
 * Starts sandbox, subgraphs and gateway on free ports against a fresh, loaded database. Its keys are those of `testKeys()`.
 * It takes six processes: a file that needs none of its own shares one by `borrowGraph()`.
 */
export async function startGraph({ env = {}, envOf = {}, database: given }: TestGraphOptions = {}): Promise<TestGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-graph-'))
  const [database, keys, free] = await Promise.all([
    given ?? startPreparedPostgres(),
    writeTestKeys(folder),
    freePorts(processNames.length),
  ])
  const ports = Object.fromEntries(processNames.map((name, index) => [name, free[index] ?? 0])) as Record<ServiceName, number>
  const addresses = addressesOf(ports)
  const specs = platformOf({ ports, databaseUrls: await database.logins(), keys, env, envOf })
  const children = new Map(specs.map((spec) => [spec.name, new Child(spec, join(folder, `${spec.name}.log`))]))
  const child = (name: ServiceName): Child => {
    const found = children.get(name)
    if (!found) throw new Error(`no process ${name}`)
    return found
  }

  const startProcess = (name: ServiceName): Promise<void> => {
    countBoot('process')
    return child(name).start()
  }

  countBoot('graph')
  const stop = async (): Promise<void> => {
    await Promise.all([...children.values()].map((each) => each.stop()))
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  const token = async (person: string): Promise<string> => {
    const response = await fetch(`${addresses.sandbox}/token?person=${person}`)
    if (!response.ok) throw new Error(`no test person ${person}`)
    return ((await response.json()) as { access_token: string }).access_token
  }

  const query: TestGraph['query'] = async <T>({ query, variables, as }: Parameters<TestGraph['query']>[0]) => {
    const authorization = as ? { authorization: `Bearer ${await token(as)}` } : {}
    const response = await fetch(addresses.graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as GraphAnswer<T>
  }

  const clockAt = async (operation: string, variables: object = {}): Promise<Date> => {
    const { data, errors } = await query<{ clock: { now: string } }>({ query: operation, variables })
    if (!data) throw new Error(`the clock did not move: ${JSON.stringify(errors)}`)
    return new Date(data.clock.now)
  }

  try {
    await startProcess('sandbox')
    await Promise.all(processNames.filter((name) => name !== 'sandbox').map(startProcess))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: addresses.graph,
    wsUrl: addresses.graphSockets,
    databaseUrl: database.url,
    address: (name) => `http://localhost:${ports[name]}`,
    token,
    query,
    clock: {
      set: (at, { running = false } = {}) =>
        clockAt('mutation ($at: DateTime!, $frozen: Boolean!) { clock: sandboxSetClock(at: $at, frozen: $frozen) { now } }', {
          at,
          frozen: !running,
        }),
      advance: (by) => clockAt('mutation ($by: String!) { clock: sandboxAdvanceClock(by: $by) { now } }', { by }),
      release: () => clockAt('mutation { clock: sandboxReleaseClock { now } }'),
      now: () => clockAt('{ clock: sandboxClock { now } }'),
    },
    sms: async (number) => {
      const { data } = await query<{ inbox: { edges: { node: { message: string; from: string; sentAt: string } }[] } }>({
        query:
          'query ($number: String!) { inbox: sandboxSmsInbox(number: $number, first: 100) { edges { node { message from sentAt } } } }',
        variables: { number },
      })
      return data?.inbox.edges.map(({ node }) => node) ?? []
    },
    kill: (name) => child(name).kill(),
    restart: startProcess,
    shutDown: (name) => child(name).stop(),
    pid: (name) => child(name).pid ?? 0,
    log: (name) => readFileSync(join(folder, `${name}.log`), 'utf8'),
    stop,
  }
}

async function writeTestKeys(folder: string): Promise<string> {
  const { privateKeys, jwks, cursors } = await testKeys()
  for (const [service, key] of Object.entries(privateKeys)) writeFileSync(join(folder, `${service}.json`), JSON.stringify(key))
  writeFileSync(join(folder, 'trusted.json'), JSON.stringify(jwks))
  writeFileSync(join(folder, 'cursors.json'), JSON.stringify(cursors))
  return folder
}
