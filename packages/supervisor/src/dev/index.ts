import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ProcessSpec, root } from '../platform.js'
import { done, tell } from '../start/progress.js'
import type { Supervisor } from '../start/supervise.js'
import type { CompilerTask, Round } from './compiler.js'
import { runScript } from './scripts.js'
import { watchFiles, workspacesOf } from './watch.js'

/**
 * `npm run dev`: what is saved is compiled, and the processes that stand on it are restarted. While there is a type error nothing is
 * written or restarted. A subgraph that was restarted tells its schema; the gateway reads a new supergraph by itself.
 */
export class Development {
  private compiler: ChildProcess | undefined
  private watchers: FSWatcher[] = []
  private stopping = false
  /** Workspaces that changed and whose processes were not restarted yet, and when the newest change was saved. */
  private readonly changed = new Set<string>()
  private savedAt = 0
  private restarting = false
  private wasWrong = false
  /** Folders whose schema is to be looked at. */
  private readonly schemas = new Set<string>()
  private composing = false
  /** Process → the workspaces that it is made of. */
  private readonly madeOf: Map<string, { folder: string; workspaces: string[] }>

  constructor(
    private readonly supervisor: Supervisor,
    specs: ProcessSpec[],
    /** Every name that a workspace exports → its source file. */
    private readonly sources: CompilerTask['sources'],
  ) {
    this.madeOf = new Map(
      specs.map(({ name, command: [program = ''] }) => {
        const folder = dirname(dirname(program)).slice(root.length)
        return [name, { folder, workspaces: workspacesOf(folder) }]
      }),
    )
  }

  start(): void {
    const workspaces = new Set([...this.madeOf.values()].flatMap((each) => each.workspaces))
    this.watchers = watchFiles([...workspaces], {
      data: (workspace) => this.saved([workspace], Date.now()),
      schema: (workspace) => void this.generate(workspace),
      migration: (workspace) => tell(`a migration of ${workspace} changed: npm run dev applies it when it starts the next time`),
    })
    const task: CompilerTask = { root, sources: this.sources, colours: Boolean(process.stdout.isTTY && !process.env.NO_COLOR) }
    const program = fileURLToPath(new URL('compiler.js', import.meta.url))
    this.compiler = fork(program, [JSON.stringify(task)], {
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.compiler.once('message', () => console.log('watching: what you save is compiled, and what stands on it is restarted'))
    this.compiler.on('message', (round) => this.compiled(round as Round))
    this.compiler.once('exit', (code, signal) => {
      if (!this.stopping) tell(`the compiler ended (${signal ?? code}): stop with Ctrl-C and run npm run dev again`)
    })
  }

  async stop(): Promise<void> {
    this.stopping = true
    for (const watcher of this.watchers) watcher.close()
    const compiler = this.compiler
    if (!compiler || compiler.exitCode !== null || compiler.signalCode !== null) return
    const ended = new Promise<void>((resolve) => compiler.once('exit', () => resolve()))
    // It may be in the middle of a check, and has nothing to finish.
    compiler.kill('SIGKILL')
    await ended
  }

  private compiled({ changed, savedAt, errors }: Round): void {
    if (errors) {
      tell(`type errors; what runs goes on as it was\n${errors.trimEnd()}`)
    } else if (this.wasWrong && changed.length === 0) {
      done('no type errors any more; nothing has changed')
    }
    this.wasWrong = errors !== ''
    this.saved(changed, savedAt)
  }

  private saved(workspaces: string[], at: number): void {
    if (workspaces.length === 0) return
    for (const workspace of workspaces) this.changed.add(workspace)
    this.savedAt = Math.max(this.savedAt, at)
    void this.restart()
  }

  /** One restart at a time; what is saved meanwhile is the next one. */
  private async restart(): Promise<void> {
    if (this.restarting) return
    this.restarting = true
    while (this.changed.size > 0 && !this.stopping) {
      const names = standingOn(this.changed, this.madeOf)
      const { savedAt } = this
      this.changed.clear()
      this.savedAt = 0
      if (names.length === 0) continue
      try {
        await this.supervisor.restart(names)
        if (!this.stopping) done(`${names.join(', ')} ready ${((Date.now() - savedAt) / 1000).toFixed(1)} s after the save`)
        for (const name of names) this.schemas.add(this.madeOf.get(name)?.folder ?? '')
        void this.compose()
      } catch (error) {
        tell((error as Error).message)
      }
    }
    this.restarting = false
  }

  private async compose(): Promise<void> {
    if (this.composing) return
    this.composing = true
    while (this.schemas.size > 0 && !this.stopping) {
      const folders = [...this.schemas].filter((folder) => existsSync(join(root, folder, 'schema.graphql')))
      this.schemas.clear()
      if (folders.length === 0) continue
      const output = await runScript('schema.mjs', [`--of=${folders.join(',')}`], root)
      if (output && !this.stopping)
        tell(`${output}${output.includes('packages/client') ? '\nthe graph that clients see changed: run npm run codegen' : ''}`)
    }
    this.composing = false
  }

  /** The compiler sees the new client, and the processes follow. */
  private async generate(workspace: string): Promise<void> {
    const output = await runScript('generate.mjs', [], join(root, workspace))
    if (this.stopping) return
    const name = workspace.split('/').at(-1)
    tell(
      output || `the database client of ${name} is made anew; write the migration: npm run migration -- ${name} <what_changes>`,
    )
  }
}

/** The processes that are made of one of the workspaces, in the order of their start. */
export function standingOn(changed: ReadonlySet<string>, madeOf: ReadonlyMap<string, { workspaces: string[] }>): string[] {
  return [...madeOf].filter(([, { workspaces }]) => workspaces.some((each) => changed.has(each))).map(([name]) => name)
}
