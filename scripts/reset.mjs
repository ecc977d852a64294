// npm run reset: empties the data folder; the next start begins anew. Not while the platform runs.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail, root } from './prepare.mjs'

const folder = resolve(root, process.env.VARDGRAF_DATA ?? '.vardgraf')
// Where PostgreSQL could not enter the data folder; see packages/supervisor/src/start/settings.ts.
const elsewhere = `/var/tmp/vardgraf-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`

for (const postgres of [join(folder, 'postgres'), elsewhere]) {
  if (isRunning(postgres)) fail('Vårdgraf is running: stop it with Ctrl-C first')
  for (const path of [postgres, `${postgres}.half`, `${postgres}.log`]) rmSync(path, { recursive: true, force: true })
}
if (existsSync(folder)) rmSync(folder, { recursive: true })
console.log(`✓ ${folder} is empty`)

function isRunning(postgres) {
  try {
    process.kill(Number(readFileSync(join(postgres, 'postmaster.pid'), 'utf8').split('\n')[0]), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
