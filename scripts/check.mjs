// What `npm test` runs once everything is installed and built: each check by name, all of them even when one fails.
// Types of the workspaces, tests included, were checked by the build. With names as arguments only those are run; with --without before
// them, all others.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tallyLine, timeTables } from './tally.mjs'

const binaries = fileURLToPath(new URL('../node_modules/.bin', import.meta.url))
const checks = [
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types of scripts', command: ['tsc', '-p', 'scripts/tsconfig.json'] },
  {
    name: 'boundaries',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'gateway/src',
      'subgraphs',
      'packages',
      'sandbox/src',
      'e2e/src',
    ],
  },
  { name: 'dead code', command: ['knip'] },
  { name: 'schema drift', command: ['node', 'scripts/schema.mjs', '--check'] },
  { name: 'generated types', command: ['graphql-codegen', '--config', 'codegen.ts', '--check'] },
  { name: 'rules table', command: ['node', 'scripts/rules.mjs', '--check'] },
  { name: 'tests', command: ['vitest', 'run'], live: true },
]

const report = 'test-report.json'
const leftOut = process.argv[2] === '--without'
const named = process.argv.slice(leftOut ? 3 : 2)
const unknown = named.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`no check ${unknown.join(', ')}; there are ${checks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const failed = []
let closing = ''
rmSync(report, { force: true })
// Ctrl-C reaches the check that runs as well: it ends in its own order, and what it leaves undone is no failure.
let stopped = false
process.on('SIGINT', () => {
  stopped = true
})
for (const check of checks.filter(({ name }) => named.length === 0 || named.includes(name) !== leftOut)) {
  const started = performance.now()
  process.stdout.write(check.live ? `${check.name}\n` : `${check.name} … `)
  const { code, output } = await run(check)
  if (stopped) {
    console.log(`\nstopped in ${check.name}`)
    process.exit(130)
  }
  // The last line for whoever reads only that.
  if (check.live) closing = `\n${timeTables(report)}\n\n${tallyLine(report, code)}`
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${check.live ? `${check.name}: ` : ''}${code === 0 ? 'ok' : 'FAILED'}, ${seconds} s`)
  if (code === 0) continue
  failed.push(check.name)
  if (output) console.log(output)
}
if (closing) console.log(closing)
if (failed.length > 0) {
  console.error(`\nnot green: ${failed.join(', ')} (one alone: node scripts/check.mjs "${failed[0]}")`)
  process.exit(1)
}

function run({ command: [file, ...args], live }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // Also when somebody runs one check by `node scripts/check.mjs`, without npm.
      env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
