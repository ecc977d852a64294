import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGraph, type TestGraph } from '@vardgraf/testing'
import { openDatabase } from '../../support/database.js'
import { Crowd } from '../crowd.js'
import { percentile, Tally } from '../figures.js'
import type { Evidence, Failure, Order, Proof } from '../proof.js'
import { Random } from '../random.js'
import { kinds } from './kinds.js'

/** Requests, sockets or operations of one flood; fewer where each kind of flood comes only once. */
const [size, shortSize] = [200, 20]
/** Generous: a bound that only a leak reaches. */
const mostMegabytes = 1_024
const watched = ['gateway', 'messaging', 'patients'] as const
/** What a flood may be told beside the codes that the graph lists: it was served, within its bounds. */
const served = /^(answered|events|opened|waits|left open|\d{3} refused|44\d\d [A-Z_]+|1013 [A-Z_]+)/
const questions = { warming: 100, quiet: 200, least: 20 }
/** The same where no figures are wanted. */
const fewQuestions = { warming: 5, quiet: 5, least: 5 }

export const floods: Proof = {
  name: 'floods',
  claim: 'Whatever is asked for in excess is refused with a stable code, while the processes live, stay small and answer others.',
  rules: ['R25'],
  invariants: [
    'Every process that was asked is the same process afterwards, and answers.',
    'Somebody else who asks meanwhile is answered, at the latest when she tries again as she is told to.',
    'Every refusal has a code that the graph lists (`errorCodes`), or closes the socket with a code of docs/streams.md.',
    `No process holds more than ${mostMegabytes} MB.`,
    'One patient has five open cases at the most, and one of a complaint.',
  ],
  attack: `Floods of ${size} (of ${shortSize} when each comes once): invalid tokens; huge, deep and crafted queries; costly queries of one viewer; sockets that say nothing; readers that do not read; operations on one socket; cases of one patient.`,
  unit: 'floods',
  runs: 60,
  minutes: 8,
  shortRuns: Object.keys(kinds).length,
  make,
}

async function make({ runs, seed, signal, say }: Order): Promise<Evidence> {
  const graph = await startGraph()
  const crowd = new Crowd(graph)
  const failures: Failure[] = []
  const fail = (invariant: number, counterexample: string): void =>
    void failures.push({ invariant: floods.invariants[invariant] ?? '', counterexample })
  try {
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    const known = await codesOf(graph)
    const pids = watched.map((name) => graph.pid(name))
    const names = Object.keys(kinds)
    const isShort = runs <= names.length
    const [each, { warming, quiet: calm, least }] = isShort ? [shortSize, fewQuestions] : [size, questions]
    await bystander(crowd, (times) => times.length >= warming)
    const quiet = await bystander(crowd, (times) => times.length >= calm)
    const random = new Random(seed)
    const told = new Map<string, Tally>()
    const tries = new Tally()
    const slow = new Map<string, number[]>()
    const memory: [string, number, number][] = []
    let made = 0
    for (; made < runs && failures.length === 0; made++) {
      signal.throwIfAborted()
      const name = names[made % names.length] ?? ''
      const about = `flood ${made + 1} of seed ${seed}: ${name}`
      if (made % names.length === 0) say(about)
      let over = false
      const asked = bystander(crowd, (times) => over && times.length >= least)
      const codes = await kinds[name]?.(crowd, each, random).finally(() => (over = true))
      const { times, again, wrong } = await asked
      tries.add(name, again)
      if (wrong.length > 0) fail(1, `${about}: ${wrong[0]}`)
      slow.set(name, [...(slow.get(name) ?? []), ...times])
      const all = told.get(name) ?? new Tally()
      told.set(name, all)
      for (const [code, count] of codes?.rows() ?? []) {
        all.add(code, count)
        if (!known.has(code) && !served.test(code)) fail(2, `${about}: ${count} times "${code}"`)
      }
      for (const [i, process] of watched.entries()) {
        if (graph.pid(process) !== pids[i] || !alive(graph.pid(process))) fail(0, `${about}: ${process} ended`)
        else if (megabytes(graph.pid(process), 'VmRSS') > mostMegabytes)
          fail(3, `${about}: ${process} holds ${megabytes(graph.pid(process), 'VmRSS')} MB`)
      }
    }
    const cases = await openCases(graph)
    if (cases.most > 5 || cases.ofOneComplaint > 1) fail(4, JSON.stringify(cases))
    for (const process of watched.filter((name) => alive(graph.pid(name))))
      memory.push([process, megabytes(graph.pid(process), 'VmRSS'), megabytes(graph.pid(process), 'VmHWM')])
    const usual = percentile(quiet.times, 0.99)
    return {
      runs: made,
      tables: [
        {
          title: `What floods of ${each} were told`,
          head: ['flood', 'answer or code', 'times'],
          rows: [...told].flatMap(([name, codes]) => codes.rows().map(([code, count]) => [name, code, count])),
        },
        {
          title: `Somebody else who asks meanwhile (p99 without a flood: ${usual.toFixed(0)} ms)`,
          head: ['flood', 'answers', 'tried again', 'p50 ms', 'p99 ms', 'p99 beside no flood'],
          rows: [...slow].map(([name, times]) => {
            const p99 = percentile(times, 0.99)
            return [
              name,
              times.length,
              tries.of(name),
              Math.round(percentile(times, 0.5)),
              Math.round(p99),
              `${(p99 / usual).toFixed(1)} ×`,
            ]
          }),
        },
        {
          title: 'Memory after all floods',
          head: ['process', 'MB', 'most MB'],
          rows: memory,
        },
      ],
      failures,
    }
  } finally {
    await crowd.leave()
    await graph.stop()
  }
}

interface Answers {
  /** Milliseconds until the data was there, with what it took to try again. */
  times: number[]
  again: number
  wrong: string[]
}

/** Somebody with nothing to do with the flood asks, one question after the other, and tries again three times where the code says so. */
async function bystander(crowd: Crowd, enough: (times: number[]) => boolean): Promise<Answers> {
  const answers: Answers = { times: [], again: 0, wrong: [] }
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await crowd.token('birger')}` }
  const body = JSON.stringify({ query: '{ me { kind patient { displayName } } }' })
  const ask = async (triesLeft: number): Promise<void> => {
    const text = await fetch(crowd.graph.url, { method: 'POST', headers, body }).then(
      (response) => response.text(),
      (error: Error) => error.message,
    )
    if (text.includes('Birger')) return
    const [, wait] = /"retryAfterMs":(\d+)/.exec(text) ?? []
    if (wait === undefined || triesLeft === 0) return void answers.wrong.push(text)
    answers.again++
    await sleep(Number(wait))
    return ask(triesLeft - 1)
  }
  while (!enough(answers.times)) {
    const began = performance.now()
    await ask(3)
    answers.times.push(performance.now() - began)
  }
  return answers
}

async function codesOf(graph: TestGraph): Promise<Set<string>> {
  const { data } = await graph.query<{ errorCodes: { code: string }[] }>({ query: '{ errorCodes { code } }' })
  return new Set(data?.errorCodes.map(({ code }) => code))
}

async function openCases(graph: TestGraph): Promise<{ most: number; ofOneComplaint: number }> {
  const database = await openDatabase(graph.databaseUrl)
  const [row] = await database
    .rows<{ most: number; of_one: number }>(
      `SELECT coalesce(max(n), 0)::int AS most, coalesce(max(same), 0)::int AS of_one FROM (
         SELECT sum(same) AS n, max(same) AS same FROM (
           SELECT patient_id, count(*) AS same FROM messaging.care_case
           WHERE status IN ('TRIAGING', 'WAITING', 'ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT') GROUP BY patient_id, complaint
         ) a GROUP BY patient_id
       ) b`,
    )
    .finally(() => database.close())
  return { most: row?.most ?? 0, ofOneComplaint: row?.of_one ?? 0 }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Memory of a process in MB, now (`VmRSS`) or at its highest (`VmHWM`); 0 where the kernel does not tell. */
function megabytes(pid: number, of: 'VmRSS' | 'VmHWM'): number {
  if (process.platform !== 'linux') return 0
  const [, kilobytes = '0'] = new RegExp(`${of}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
