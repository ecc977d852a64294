import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import ts from 'typescript'

/** The folder of the workspace that a file belongs to, from the root: `packages/policy`. */
export const workspaceOf = (root: string, file: string): string => relative(root, file).split('/src/')[0] ?? ''

/** Where the program of a source file is written: `gateway/src/app.ts` → `gateway/dist/app.js`. */
export function outputOf(file: string): string {
  const [workspace = '', path = ''] = file.split(/\/src\/(.*)$/)
  return join(workspace, 'dist', path.replace(/ts$/, 'js'))
}

/** The compiler options that all workspaces share. */
export function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  return ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options
}

/** The program of one source file and its source map, as `tsc -b` writes them: path → text. Types are not looked at. */
export function emit(file: string, options: ts.CompilerOptions): Map<string, string> {
  const target = outputOf(file)
  const { outputText, sourceMapText = '{}' } = ts.transpileModule(readFileSync(file, 'utf8'), {
    // Every workspace is ESM, which one file alone does not say.
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, composite: false, incremental: false, declaration: false },
    fileName: file,
  })
  const map = { ...JSON.parse(sourceMapText), file: basename(target), sources: [relative(dirname(target), file)] }
  return new Map([
    [target, outputText],
    [`${target}.map`, JSON.stringify(map)],
  ])
}
