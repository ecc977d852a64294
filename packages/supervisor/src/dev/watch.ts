import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { standsOn } from '../built.mjs'
import { root } from '../platform.js'

/** Folders of a workspace that are not read by a running process: the compiler and Prisma look at two of them. */
const others = ['src', 'dist', 'node_modules', 'prisma', 'testing', 'tests']
/** Editors write a file in several steps. */
const settleMilliseconds = 100

/** The folders of workspaces that a program of a workspace is made of, itself included: `subgraphs/visits`, `packages/policy` and so on. */
export const workspacesOf = (folder: string): string[] => standsOn(join(root, folder)).map((each) => each.slice(root.length))

export type Changes = {
  /** A file changed that a process reads when it starts: a policy pack, a questionnaire, the page. */
  data(workspace: string): void
  /** `prisma/schema.prisma` of a subgraph changed. */
  schema(workspace: string): void
  /** A migration was written or changed. */
  migration(workspace: string): void
}

/** Looks at the files of workspaces that no compiler looks at. */
export function watchFiles(workspaces: readonly string[], changes: Changes): FSWatcher[] {
  return workspaces.flatMap((workspace) => {
    const folder = join(root, workspace)
    const data = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !others.includes(entry.name))
      .map(({ name }) => settled(join(folder, name), () => changes.data(workspace)))
    if (!existsSync(join(folder, 'prisma'))) return data
    const prisma = settled(join(folder, 'prisma'), (files) => {
      if (files.has('schema.prisma')) changes.schema(workspace)
      if ([...files].some((file) => file.startsWith('migrations'))) changes.migration(workspace)
    })
    return [...data, prisma]
  })
}

function settled(folder: string, tell: (files: ReadonlySet<string>) => void): FSWatcher {
  let files = new Set<string>()
  return watch(folder, { recursive: true }, (_event, file) => {
    files.add(file ?? '')
    if (files.size > 1) return
    setTimeout(() => {
      const told = files
      files = new Set()
      tell(told)
    }, settleMilliseconds).unref()
  })
}
