// npm run prove -- <name…> [--seed n] [--runs n]: makes long proofs and writes their figures to docs/proofs/. Without a name it lists them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, load, root } from './prepare.mjs'

const usage = 'npm run prove -- kills --seed 7 --runs 200 (or all; without a name the proofs are listed)'
const { names, options } = read()
const runs = options.runs === undefined ? undefined : count('runs', options.runs)
const seed = options.seed === undefined ? Math.floor(Math.random() * 1_000_000) : count('seed', options.seed)
const { page, proofs } = await load('e2e/dist/proofs/index.js')
const known = proofs.map(({ name }) => name)
const unknown = names.filter((name) => name !== 'all' && !known.includes(name))
if (unknown.length > 0) fail(`there is no proof ${unknown.join(', ')}; there are ${known.join(', ')}`)

if (names.length === 0) list()
else await make(proofs.filter(({ name }) => names.includes('all') || names.includes(name)))

function read() {
  try {
    const { positionals, values } = parseArgs({
      options: { seed: { type: 'string' }, runs: { type: 'string' } },
      allowPositionals: true,
    })
    return { names: positionals, options: values }
  } catch (error) {
    return fail(`${error.message.split('. ')[0]}\n${usage}`)
  }
}

/** A whole number of 1 or more. */
function count(name, text) {
  const number = Number(text)
  if (!/^\d{1,9}$/.test(text) || number < 1) fail(`--${name} takes a whole number from 1, not ${text}`)
  return number
}

function list() {
  for (const { name, claim, rules, unit, runs, minutes } of proofs)
    console.log(
      `${name.padEnd(11)} ${claim}${rules.length > 0 ? ` [${rules.join(', ')}]` : ''}\n${''.padEnd(12)}${runs} ${unit}, about ${minutes} min\n`,
    )
  console.log(usage)
}

async function make(wanted) {
  const abort = new AbortController()
  const stop = () => {
    // Asked again: whatever was started ends with this process.
    if (abort.signal.aborted) process.exit(130)
    console.error('\nstopping …')
    abort.abort(new Error('stopped'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const failed = []
  for (const proof of wanted) {
    if (abort.signal.aborted) break
    if (!(await one(proof, abort.signal))) failed.push(proof.name)
  }
  if (abort.signal.aborted) process.exit(130)
  if (failed.length > 0) {
    console.error(`\nnot proven: ${failed.join(', ')} (again: npm run prove -- ${failed.join(' ')} --seed ${seed})`)
    process.exit(1)
  }
  process.exit(0)
}

/** Makes one proof and writes its page; what it finds wrong, or an error of its own, does not stop the others. */
async function one(proof, signal) {
  const began = performance.now()
  const size = runs ?? proof.runs
  console.log(`${proof.name}: ${proof.claim}\n  ${size} ${proof.unit}, seed ${seed}, about ${proof.minutes} min at ${proof.runs}`)
  let evidence
  try {
    evidence = await proof.make({ runs: size, seed, signal, say: (line) => console.log(`  ${line}`) })
  } catch (error) {
    // Ended by Ctrl-C: what was half measured is not written.
    if (signal.aborted) return false
    evidence = { runs: 0, tables: [], failures: [{ invariant: 'the proof runs to its end', counterexample: error.message }] }
  }
  if (signal.aborted) return false
  const seconds = Math.round((performance.now() - began) / 1000)
  const occasion = {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    seed,
    runs: size,
    seconds,
    machine: machine(),
  }
  mkdirSync(join(root, 'docs', 'proofs'), { recursive: true })
  writeFileSync(join(root, 'docs', 'proofs', `${proof.name}.md`), page(proof, occasion, evidence))
  for (const { invariant, counterexample } of evidence.failures) console.error(`✗ ${invariant}\n${counterexample}\n`)
  console.log(
    `${evidence.failures.length === 0 ? '✓' : '✗'} ${proof.name}: ${evidence.runs} ${proof.unit}, seed ${seed}, ${seconds} s → docs/proofs/${proof.name}.md`,
  )
  return evidence.failures.length === 0
}

function commit() {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', ':!docs/proofs') ? ' with changes' : '')
  } catch {
    return 'unknown'
  }
}

function machine() {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}`
}
