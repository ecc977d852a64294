import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { built } from '../built.mjs'
import { BrokenDataFolder, PortTaken } from './cluster.js'
import type { Task } from './keeper.js'

/** A server that a keeper process runs. */
export interface KeptServer {
  url: string
  keeper: ChildProcess
  /** Shuts the server down cleanly and resolves when it is gone. */
  stop(): Promise<void>
}

type Answer = { url: string } | { failure: { name: string; message: string; port?: number } }

/** A PostgreSQL server that stops when this process ends, for any reason.
 *  @throws BrokenDataFolder | PortTaken */
export async function ownServer(task: Omit<Task, 'shared'>): Promise<KeptServer> {
  const { keeper, url } = await startKeeper(task)
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
  return {
    url,
    keeper,
    stop: async () => {
      if (keeper.connected) keeper.disconnect()
      if (keeper.exitCode === null && keeper.signalCode === null) await ended
    },
  }
}

/** Starts a keeper and waits until its server answers. */
export async function startKeeper(task: Task): Promise<{ keeper: ChildProcess; url: string }> {
  const program = built(fileURLToPath(new URL('../../dist/postgres/keeper.js', import.meta.url)))
  const keeper = fork(program, [JSON.stringify(task)], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const answer = await new Promise<Answer>((resolve, reject) => {
    keeper.once('message', (message) => resolve(message as Answer))
    keeper.once('error', reject)
    keeper.once('exit', (code) => reject(new Error(`PostgreSQL's keeper ended at start (${code})`)))
  })
  if ('url' in answer) return { keeper, url: answer.url }
  const { name, message, port } = answer.failure
  if (name === 'PortTaken' && port) throw new PortTaken(port)
  throw name === 'BrokenDataFolder' ? new BrokenDataFolder(message) : new Error(message)
}
