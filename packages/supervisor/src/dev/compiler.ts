import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { compilerOptions, emit, outputOf, workspaceOf } from './emit.js'

/**
 * The compiler of `npm run dev`, in a process of its own: one program over the source of all workspaces that stays in memory,
 * so that a save costs the check of what it can affect. `tsc -b --watch` begins each workspace anew, which takes too long.
 * Takes its task as JSON in the first argument and sends a `Round` over IPC after each check.
 */
export type CompilerTask = {
  /** The repository's folder, with `tsconfig.base.json` and `tsconfig.dev.json`. */
  root: string
  /** Every name that a workspace exports → its source file. */
  sources: Record<string, string>
  colours: boolean
}

export type Round = {
  /** Workspaces with new programs in `dist`, such as `packages/policy`. None while there is a type error: nothing is written then. */
  changed: string[]
  /** When the newest of the changed files was saved, in milliseconds since 1970. */
  savedAt: number
  /** Type errors, as tsc shows them; empty when there are none. */
  errors: string
}

const { root, sources, colours } = JSON.parse(process.argv[2] ?? '{}') as CompilerTask
const options = compilerOptions(root)
/** Source file → version that `dist` was written from. */
const written = new Map<string, string>()
const found: ts.Diagnostic[] = []

const format: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
}
const show = colours ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics

const host = ts.createWatchCompilerHost(
  join(root, 'tsconfig.dev.json'),
  { paths: Object.fromEntries(Object.entries(sources).map(([name, file]) => [name, [file]])) },
  ts.sys,
  ts.createSemanticDiagnosticsBuilderProgram,
  (diagnostic) => found.push(diagnostic),
  () => {},
)
const { afterProgramCreate } = host
host.afterProgramCreate = (builder) => {
  afterProgramCreate?.(builder)
  const errors = show(found.splice(0), format)
  process.send?.({ ...(errors ? { changed: [], savedAt: 0 } : write(builder.getProgram())), errors } satisfies Round)
}

/** Writes what differs from `dist`: a comment that was moved back to its place changes nothing. */
function write(program: ts.Program): Pick<Round, 'changed' | 'savedAt'> {
  const changed = new Set<string>()
  let savedAt = 0
  for (const source of program.getSourceFiles()) {
    const { fileName, version = '' } = source as ts.SourceFile & { version?: string }
    if (source.isDeclarationFile || written.get(fileName) === version) continue
    const first = !written.has(fileName)
    written.set(fileName, version)
    // It has just been built; only what was saved since then is compiled at the start.
    if (first && savedBefore(fileName, outputOf(fileName))) continue
    for (const [file, text] of emit(fileName, options)) {
      if (textOf(file) === text) continue
      // What tsc noted down of this workspace is no longer so: who runs what is built outside of `npm run dev` builds first.
      rmSync(join(root, workspaceOf(root, fileName), 'dist', '.tsbuildinfo'), { force: true })
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      if (file.endsWith('.map')) continue
      changed.add(workspaceOf(root, fileName))
      savedAt = Math.max(savedAt, statSync(fileName).mtimeMs)
    }
  }
  return { changed: [...changed], savedAt }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function savedBefore(source: string, output: string): boolean {
  const builtAt = statSync(output, { throwIfNoEntry: false })?.mtimeMs
  return builtAt !== undefined && statSync(source).mtimeMs < builtAt
}

process.on('disconnect', () => process.exit(0))
ts.createWatchProgram(host)
