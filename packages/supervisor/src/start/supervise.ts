import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { subgraphNames } from '@vardgraf/manifest'
import { Child } from '../child.js'
import type { ProcessSpec } from '../platform.js'
import { step, tell } from './progress.js'

const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 15_000
/** A process that ran this long is not in a loop of crashes. */
const steadyMilliseconds = 30_000

/** Starts the platform's processes, restarts whichever dies, and stops them in order. */
export class Supervisor {
  private readonly children: Child[] = []
  private readonly crashes = new Map<Child, { count: number; startedAt: number }>()
  /** How often each was restarted on purpose: a restart ends the attempts to bring it back after a crash. */
  private readonly restarts = new Map<Child, number>()
  private stopping = false

  constructor(private readonly logs: string) {}

  /** Starts each step when the one before it is ready.
   *  @throws Error with the last words of a process that does not start. */
  async start(specs: ProcessSpec[]): Promise<void> {
    for (const { title, names } of steps) {
      const group = specs.filter(({ name }) => names.includes(name)).map((spec) => this.childOf(spec))
      await step(title, () => Promise.all(group.map((child) => child.start())))
      if (this.stopping) return
    }
  }

  /** Stops these processes and starts them again with the programs that there are now. Each connects to the others when it is up.
   *  @throws Error with the last words of those that do not start; they stay down until the next restart. */
  async restart(names: readonly string[]): Promise<void> {
    const chosen = this.children.filter(({ spec }) => names.includes(spec.name))
    for (const child of chosen) this.restarts.set(child, (this.restarts.get(child) ?? 0) + 1)
    await Promise.all(chosen.map((child) => child.stop()))
    if (this.stopping) return
    const ended = await Promise.allSettled(chosen.map((child) => child.start()))
    const failures = ended.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).message] : []))
    if (failures.length > 0 && !this.stopping) throw new Error(failures.join('\n'))
  }

  /** Stops in the reverse order of the start, so that no process asks one that has stopped. */
  async stop(): Promise<void> {
    this.stopping = true
    for (const child of this.children.reverse()) await child.stop()
  }

  private childOf(spec: ProcessSpec): Child {
    const child = new Child(spec, this.logOf(spec.name), (dead, how) => void this.died(dead, how))
    this.children.push(child)
    this.crashes.set(child, { count: 0, startedAt: performance.now() })
    return child
  }

  private logOf = (name: string): string => join(this.logs, `${name}.log`)

  private async died(child: Child, how: string, restarts = this.restarts.get(child)): Promise<void> {
    const over = (): boolean => this.stopping || this.restarts.get(child) !== restarts
    if (over()) return
    const { name } = child.spec
    const { count, startedAt } = this.crashes.get(child) ?? { count: 0, startedAt: 0 }
    const recent = performance.now() - startedAt < steadyMilliseconds ? count : 0
    const pause = Math.min(firstPauseMilliseconds * 2 ** recent, longestPauseMilliseconds)
    tell(`${name} ${how}; it is started again in ${pause / 1000} s (log: ${this.logOf(name)})`)
    await sleep(pause)
    if (over()) return
    this.crashes.set(child, { count: recent + 1, startedAt: performance.now() })
    try {
      await child.start()
      tell(`${name} is back`)
    } catch (error) {
      await this.died(child, `is not back: ${(error as Error).message}`, restarts)
    }
  }
}

/** The sandbox has the clock, which all the others follow; the gateway starts when the subgraphs are ready. */
export const steps: { title: string; names: readonly string[] }[] = [
  { title: 'starting the sandbox', names: ['sandbox'] },
  { title: 'starting the subgraphs', names: subgraphNames },
  { title: 'starting the gateway', names: ['gateway'] },
]
