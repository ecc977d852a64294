import { setTimeout as sleep } from 'node:timers/promises'
import { type OwnPostgres, startGraph, startOwnPostgres, type TestGraph } from '@vardgraf/testing'
import { type Database, openDatabase } from '../../support/database.js'
import { Crowd } from '../crowd.js'
import { percentile } from '../figures.js'
import type { Evidence, Failure, Order, Proof } from '../proof.js'
import { Random } from '../random.js'
import { smsOf } from '../sms.js'
import { Diary } from './diary.js'
import { behind, invariants, violations } from './invariants.js'
import { Load } from './load.js'

const victims = ['gateway', 'messaging', 'visits', 'patients', 'postgres'] as const
type Victim = (typeof victims)[number]
/** One kill: how long the load runs before it, and how long the victim is away. */
interface Kill {
  victim: Victim
  afterMilliseconds: number
  awayMilliseconds: number
}
const patienceMilliseconds = 90_000
/** Promises that must be kept anew before the next kill. */
const progress = 10

export const kills: Proof = {
  name: 'kills',
  claim:
    'Whatever process or database is killed at whatever moment, nothing that was acknowledged is lost, doubled or out of order.',
  rules: ['R13', 'R14', 'R32', 'R33', 'R34', 'R36'],
  invariants,
  attack:
    'SIGKILL of gateway, messaging, visits, patients or the PostgreSQL server, each as often as the others, in random order and at random moments, while six people chat, three come to the waiting room and two claim, answer, book and close.',
  unit: 'kills',
  runs: 100,
  minutes: 8,
  shortRuns: victims.length,
  make,
}

/** Every victim once in each turn, in random order. */
export function schedule(count: number, seed: number): Kill[] {
  const random = new Random(seed)
  let left: Victim[] = []
  return Array.from({ length: count }, () => {
    if (left.length === 0) left = [...victims]
    const victim = random.one(left)
    left = left.filter((each) => each !== victim)
    return { victim, afterMilliseconds: random.between(0, 400), awayMilliseconds: random.between(0, 1_500) }
  })
}

async function make({ runs, seed, signal, say }: Order): Promise<Evidence> {
  const postgres = await startOwnPostgres()
  const graph = await startGraph({ database: postgres }).catch(async (error: unknown) => {
    await postgres.stop()
    throw error
  })
  const crowd = new Crowd(graph)
  const diary = new Diary()
  const load = new Load(crowd, diary)
  signal.addEventListener('abort', () => void load.leave())
  try {
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    say('the graph runs')
    await load.begin()
    say('the load runs')
    const outages: { victim: Victim; milliseconds: number }[] = []
    const failures: Failure[] = []
    for (const [index, kill] of schedule(runs, seed).entries()) {
      signal.throwIfAborted()
      const began = performance.now()
      if (runs <= 20) say(`kill ${index + 1}: ${kill.victim}`)
      const stuck = await strike(kill, graph, postgres, diary, signal)
      outages.push({ victim: kill.victim, milliseconds: performance.now() - began - kill.afterMilliseconds })
      const broken = stuck ? [stuck] : await look(postgres.url, (database) => violations(database, diary))
      const about = `kill ${index + 1}, with seed ${seed}: ${JSON.stringify(kill)}`
      failures.push(...broken.map((each) => ({ ...each, counterexample: `${about}\n${each.counterexample}` })))
      if (failures.length > 0) break
      if ((index + 1) % 10 === 0) say(`${index + 1} kills, ${diary.size} promises kept`)
    }
    if (failures.length === 0) failures.push(...(await end()))
    const sms = failures.length === 0 ? await look(postgres.url, (database) => smsOf(database, signal)) : null
    return {
      runs: outages.length,
      tables: [promises(), told(), ...(sms ? [sms.table] : []), recovery(outages)],
      failures: [...failures, ...(sms?.failures ?? [])],
    }
  } finally {
    await load.leave()
    await crowd.leave()
    await graph.stop()
  }

  /** Everybody finishes, and the listeners hear the rest. */
  async function end(): Promise<Failure[]> {
    await load.finish()
    return look(postgres.url, async (database) => {
      const late = await until(async () => (await behind(database, diary)).length === 0, signal)
      const silent = late ? [] : [{ invariant: invariants[2] ?? '', counterexample: (await behind(database, diary)).join(', ') }]
      return [...silent, ...(await violations(database, diary))]
    })
  }

  function promises() {
    const messages = [...diary.sent.values()].reduce((sum, texts) => sum + texts.length, 0)
    const heard = [...diary.heard.values()].reduce((sum, { texts }) => sum + texts.length, 0)
    const rows: [string, number][] = [
      ['messages acknowledged', messages],
      ['messages heard by listeners', heard],
      ['cases claimed', diary.claims.length],
      ['cases answered', diary.answered.length],
      ['visits booked', diary.visits.length],
      ['cases closed', diary.closed.length],
    ]
    return { title: 'Promises, all kept unless a failure says otherwise', head: ['what', 'number'], rows }
  }

  function told() {
    return { title: 'What people were told instead, before they tried again', head: ['code', 'times'], rows: diary.codes.rows() }
  }
}

/** Kills and starts again; a failure when the graph does not go on. */
async function strike(
  { victim, afterMilliseconds, awayMilliseconds }: Kill,
  graph: TestGraph,
  postgres: OwnPostgres,
  diary: Diary,
  signal: AbortSignal,
): Promise<Failure | null> {
  await sleep(afterMilliseconds)
  await (victim === 'postgres' ? postgres.kill() : graph.kill(victim))
  await sleep(awayMilliseconds)
  await (victim === 'postgres' ? postgres.start() : graph.restart(victim))
  const [before, answered] = [diary.size, diary.answered.length]
  const over = (): boolean => diary.surprises.length > 0 || diary.ends.length > 0
  const goesOn = await until(() => over() || (diary.size >= before + progress && diary.answered.length > answered), signal)
  if (goesOn) return null
  const kept = `${diary.size - before} promises in ${patienceMilliseconds / 1000} s; told: ${diary.codes}`
  return { invariant: invariants[6] ?? '', counterexample: kept }
}

async function until(holds: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + patienceMilliseconds
  while (!(await holds())) {
    signal.throwIfAborted()
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** A connection for one look: the server may be killed between two. */
async function look<T>(url: string, at: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url)
  return at(database).finally(() => database.close())
}

function recovery(outages: readonly { victim: Victim; milliseconds: number }[]) {
  const rows = [...Map.groupBy(outages, ({ victim }) => victim)].map(([victim, each]): [string, number, number, number] => {
    const times = each.map(({ milliseconds }) => Math.round(milliseconds))
    return [victim, times.length, percentile(times, 0.5), Math.max(...times)]
  })
  const head = ['killed', 'times', 'median ms until work went on', 'longest ms']
  return { title: 'Recovery, from the kill until ten more promises and an answer were kept', head, rows }
}
