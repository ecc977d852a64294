import { processNames, type ServiceName } from '@vardgraf/manifest'
import { Pool } from 'pg'
import { startGraph, type TestGraph } from './graph.js'
import { type KeptData, keepData } from './kept-data.js'

/** A running graph that is lent to one test file after the other. */
interface Shared {
  graph: TestGraph
  /** What its database held when it had started. */
  kept: KeptData
  /** What its processes logged until then. */
  started: Record<ServiceName, string>
}

/** Where a person is stored whom the graph has met for the first time. */
const PERSONS = 'patients.person'
/** By how much the released clock may differ from this process's. */
const clockMilliseconds = 5_000

/** The deadlines of requests and facts have tests of their own. Here a machine with too much to do must not miss them. */
const unhurried = { SUBGRAPH_DEADLINE_MS: '30000', FACTS_DEADLINE_MS: '10000' }

/** Lends one graph to one borrower at a time, and to nobody after a borrower has left something behind. */
export class GraphLending {
  private shared: Promise<Shared> | undefined
  private borrowed = false
  /** Why the graph is lent to nobody any more. */
  private spoilt: string | undefined

  constructor(private readonly start: () => Promise<Shared>) {}

  async borrow(): Promise<TestGraph> {
    if (this.spoilt) throw new Error(`an earlier test file has spoilt the shared graph: ${this.spoilt}`)
    if (this.borrowed) throw new Error('the shared graph is borrowed already: who has it must give it back by stop()')
    this.borrowed = true
    this.shared ??= this.start()
    const { graph, kept, started } = await this.shared.catch((error: unknown) => {
      this.shared = undefined
      this.borrowed = false
      throw error
    })
    const before = logsOf(graph)
    return {
      ...graph,
      log: (name) => started[name] + graph.log(name).slice(before[name].length),
      kill: refused('killed'),
      restart: refused('restarted'),
      shutDown: refused('shut down'),
      stop: async () => {
        await giveBack(graph, kept).catch((error: Error) => {
          this.spoilt = error.message
          throw error
        })
        this.borrowed = false
      },
    }
  }
}

const ofThisWorker = new GraphLending(async () => {
  const graph = await startGraph({ env: { LOG_LEVEL: 'debug', ...unhurried } })
  const owner = new Pool({ connectionString: graph.databaseUrl, max: 1, idleTimeoutMillis: 1_000 })
  owner.on('error', () => {})
  return { graph, kept: await keepData(owner), started: logsOf(graph) }
})

/**
 * The graph that the files of one test worker share, one after the other. Each file finds it as after a start: the sandbox's people
 * and units, no cases, the clock at real time. `stop()` gives it back: it releases the clock, restores the data and checks both.
 * Its processes log at `debug` and have long deadlines; `log` gives what they logged when they started and since it was
 * borrowed. They end with the worker.
 *
 * Use `startGraph()` in a file that kills or stops processes, needs settings of its own, registers persons, or counts statements.
 * @throws Error when it is borrowed already, or an earlier file has left something behind
 */
export const borrowGraph = (): Promise<TestGraph> => ofThisWorker.borrow()

async function giveBack({ clock }: TestGraph, kept: KeptData): Promise<void> {
  await clock.release()
  const changed = await kept.changed()
  await kept.restore()
  // The gateway remembers who has which personal identity number.
  if (changed.includes(PERSONS)) throw new Error('a test has registered a person: use startGraph()')
  const left = await kept.changed()
  if (left.length > 0) throw new Error(`rows were written after the last test: ${left.join(', ')}`)
  const offBy = Math.abs((await clock.now()).getTime() - Date.now())
  if (offBy > clockMilliseconds) throw new Error(`the clock is off by ${offBy} ms`)
}

const logsOf = (graph: TestGraph): Record<ServiceName, string> =>
  Object.fromEntries(processNames.map((name) => [name, graph.log(name)])) as Record<ServiceName, string>

const refused =
  (what: string) =>
  async (name: ServiceName): Promise<never> => {
    throw new Error(`${name} is shared with other test files and not ${what}: use startGraph()`)
  }
