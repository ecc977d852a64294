import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../platform.js'

/** Runs one of `scripts/` to its end beside the platform, and gives what it said. It never throws: what went wrong is what it said. */
export function runScript(script: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve) =>
    execFile(process.execPath, [join(root, 'scripts', script), ...args], { cwd }, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`.trim() || (error ? `${script} failed: ${error.message}` : '')),
    ),
  )
}
