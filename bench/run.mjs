// npm run bench: four targets on the same graph, one after the other, several rounds; the table goes to RESULTS.md.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { program } from '../scripts/prepare.mjs'

const here = dirname(fileURLToPath(import.meta.url))
if (process.platform !== 'linux') throw new Error('The benchmark reads CPU and memory from /proc: it runs on Linux.')
if (!existsSync(join(here, 'node_modules'))) {
  console.log('Installing what the benchmark compares with …')
  execFileSync('npm', ['ci', '--force'], { cwd: here, stdio: 'inherit' })
}
program('gateway/dist/index.js')

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '5000' },
    warmup: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string' },
    prof: { type: 'boolean', default: false },
  },
})
const [count, warmup, rounds, connections] = [options.requests, options.warmup, options.rounds, options.connections].map(Number)

const { composeServices } = await import('@apollo/composition')
const { parse } = await import('graphql')
const { query, schemas, services, variablesOf } = await import('./graph.mjs')
const { cpuMs, freePort, helper, memoryMb, message, startTarget, stopTarget } = await import('./processes.mjs')
const { startIssuer } = await import('./issuer.mjs')

const subgraphs = await helper('./subgraphs.mjs')
const { ready: ports } = await message(subgraphs)
const upstreams = Object.fromEntries(services.map((name) => [name, `http://127.0.0.1:${ports[name]}/graphql`]))
const { supergraphSdl, errors } = composeServices(
  services.map((name) => ({ name, url: upstreams[name], typeDefs: parse(schemas[name]) })),
)
if (!supergraphSdl) throw new Error(errors.map((error) => error.message).join('\n'))
const supergraphFile = join(mkdtempSync(join(tmpdir(), 'bench-')), 'supergraph.graphql')
writeFileSync(supergraphFile, supergraphSdl)

const issuer = await startIssuer()
console.log(`Signing ${Math.max(count, warmup)} tokens …`)
const tokens = await issuer.tokens(Math.max(count, warmup))
const serviceKey = JSON.stringify({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'gateway.bench',
  alg: 'EdDSA',
})

const common = { NODE_ENV: 'production', SUPERGRAPH_FILE: supergraphFile, APOLLO_TELEMETRY_DISABLED: 'true' }
const profile = options.prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/bench-prof'] : []
const targets = [
  {
    key: 'floor',
    name: 'floor (no GraphQL)',
    args: [...profile, 'targets/floor.mjs'],
    env: { UPSTREAMS: JSON.stringify(upstreams) },
  },
  {
    key: 'ours',
    name: 'Vårdgraf gateway',
    args: [...profile, '../gateway/dist/index.js'],
    env: { OIDC_ISSUER: issuer.url, SERVICE_KEY: serviceKey, PRINCIPALS_URL: 'none', LOG_LEVEL: 'info' },
  },
  { key: 'stock', name: '@apollo/gateway 2.14 + @apollo/server 5.5', args: [...profile, 'targets/stock.mjs'], env: {} },
  {
    key: 'hive',
    name: '@graphql-hive/gateway 2.15.1',
    args: [...profile, 'node_modules/@graphql-hive/gateway/dist/bin.js', 'supergraph', '-c', 'targets/hive.config.mjs'],
    env: {},
  },
].filter(({ key }) => !options.only || options.only.split(',').includes(key))

const load = await helper('./load.mjs')
const drive = async (job) => {
  load.send(job)
  const { result, error } = await message(load)
  if (error) throw new Error(error)
  return result
}

/** The answers must be the same, or there is nothing to compare. */
async function answersOf(port) {
  return Promise.all(
    [0, 1, 777].map(async (n) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[0]}` },
        body: JSON.stringify({ query, variables: variablesOf(n) }),
      })
      return JSON.stringify((await response.json()).data)
    }),
  )
}

const measured = new Map(targets.map(({ key }) => [key, []]))
let expected
for (let round = 1; round <= rounds; round++) {
  for (const target of targets) {
    const port = await freePort()
    const child = await startTarget({ ...target, cwd: here, env: { ...common, ...target.env, PORT: String(port) } }, port)
    try {
      const answers = await answersOf(port)
      expected ??= answers
      if (JSON.stringify(answers) !== JSON.stringify(expected))
        throw new Error(`${target.name} answers otherwise:\n${answers[0]}\n${expected[0]}`)
      const url = `http://127.0.0.1:${port}`
      await drive({ url, count: warmup, offset: 0, connections, tokens: tokens.slice(0, warmup) })
      const before = cpuMs(child.pid)
      const result = await drive({ url, count, offset: warmup, connections, tokens: tokens.slice(0, count) })
      const cpu = (cpuMs(child.pid) - before) / count
      const memory = memoryMb(child.pid)
      measured.get(target.key).push({ cpu, perSecond: (count / result.wallMs) * 1000, ...result, memory: memory.peak })
      console.log(
        `round ${round}  ${target.name.padEnd(44)} ${cpu.toFixed(3)} ms CPU/request  ${((count / result.wallMs) * 1000).toFixed(0)}/s  p99 ${result.p99.toFixed(1)} ms  ${memory.peak.toFixed(0)} MB`,
      )
    } finally {
      await stopTarget(child)
    }
  }
}

// Other work on the machine can only make a round slower, so each target's fastest round counts.
const best = (key) => measured.get(key).toSorted((a, b) => a.cpu - b.cpu)[0]
const of = (key, field) => best(key)[field]
const has = (key) => measured.get(key)?.length > 0
const ratio = (value, base) => (has(base) ? `${(value / of(base, 'cpu')).toFixed(2)} ×` : '–')
const rows = targets.map(({ key, name }) => {
  const cpu = of(key, 'cpu')
  return `| ${name} | ${cpu.toFixed(3)} | ${ratio(cpu, 'floor')} | ${ratio(cpu, 'ours')} | ${of(key, 'perSecond').toFixed(0)} | ${of(key, 'p50').toFixed(1)} | ${of(key, 'p99').toFixed(1)} | ${of(key, 'memory').toFixed(0)} |`
})
const table = [
  '| target | CPU ms/request | of the floor | of ours | requests/s | p50 ms | p99 ms | peak memory MB |',
  '|---|---:|---:|---:|---:|---:|---:|---:|',
  ...rows,
].join('\n')
console.log(`\n${table}`)

if (!options.only) {
  const answer = JSON.parse(expected[0])
  writeFileSync(
    join(here, 'RESULTS.md'),
    `# What the gateway costs

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, Linux.
The least disturbed of ${rounds} rounds of ${count} requests over ${connections} connections, after ${warmup} to warm up; every target in a process of its own,
one at a time, beside one process of clients and one of subgraphs.

${table}

- The query joins four subgraphs by 8 upstream requests; an answer is ${(JSON.stringify(answer).length / 1024).toFixed(1)} to ${(expected[2].length / 1024).toFixed(1)} kB. Every request has other variables and a token of its own.
- **Vårdgraf gateway**: authentication (every request has a token that was never seen before, signed with RS256 as issuers do by default; with ES256 the check costs about 0.09 ms more), limits, a signed viewer and the access log on.
- **stock** and **Hive** verify nothing and log nothing: they pass the client's Authorization on.
- **floor**: the same upstream requests by the cheapest use of the same HTTP client, answers parsed, joined by hand-written code and serialised; no GraphQL.
- CPU is user and system time of the whole process, all threads, as the kernel counts it. Before anything is measured, all targets must give the same answers.
`,
  )
}
load.disconnect()
subgraphs.disconnect()
issuer.stop()
