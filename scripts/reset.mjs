// npm run reset: empties the data folder; the next start begins anew. Not while the platform runs.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolderOf } from '../packages/supervisor/src/start/checks.mjs'
import { fail } from './prepare.mjs'

const folder = settled(() => dataFolderOf(process.env))
// Where PostgreSQL could not enter the data folder; see packages/supervisor/src/start/settings.ts.
const elsewhere = `/var/tmp/vardgraf-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`

for (const postgres of [join(folder, 'postgres'), elsewhere]) {
  if (isRunning(postgres)) fail('Vårdgraf is running: stop it with Ctrl-C first')
  for (const path of [postgres, `${postgres}.half`, `${postgres}.log`]) rmSync(path, { recursive: true, force: true })
}
// Only what npm start has put there: VARDGRAF_DATA may name a folder with other things in it.
for (const own of ['keys', 'keys.half', 'logs']) rmSync(join(folder, own), { recursive: true, force: true })
const left = entriesOf(folder)
if (left?.length === 0) rmdirSync(folder)
console.log(left?.length ? `✓ reset; left alone in ${folder}: ${left.join(', ')}` : `✓ ${folder} is empty`)

function settled(read) {
  try {
    return read()
  } catch (error) {
    return fail(error.message)
  }
}

function entriesOf(path) {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

function isRunning(postgres) {
  try {
    process.kill(Number(readFileSync(join(postgres, 'postmaster.pid'), 'utf8').split('\n')[0]), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
