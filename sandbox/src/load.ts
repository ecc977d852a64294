import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSettings, runTask } from '@vardgraf/process'
import { databaseUrl as anyDatabase } from '@vardgraf/service'
import pg from 'pg'
import { guardianshipsOf, personsOf, staff } from './data/persons.js'
import { units } from './data/units.js'
import { loadedOn } from './database.js'
import { refuseProduction } from './production.js'

// `node sandbox/dist/load.js` with DATABASE_URL and PATIENTS_DATABASE_URL, the logins of the sandbox and of patients: loads the sandbox's
// people and units once, and again when a newer sandbox has others. Otherwise it changes nothing.
await runTask('load', async () => {
  refuseProduction()
  const { DATABASE_URL, PATIENTS_DATABASE_URL } = readSettings({ DATABASE_URL: anyDatabase, PATIENTS_DATABASE_URL: anyDatabase })
  const database = new pg.Client({ connectionString: DATABASE_URL })
  await database.connect()
  try {
    const day = await loadedOn(database)
    const persons = personsOf(day)
    const register = JSON.stringify({ units, persons, guardianships: guardianshipsOf(persons), staff })
    const hash = createHash('sha256').update(register).digest('hex')
    const { rows } = await database.query<{ register: string | null }>('SELECT register FROM sandbox.loaded')
    if (rows[0]?.register !== hash) {
      load(register, PATIENTS_DATABASE_URL)
      await database.query('UPDATE sandbox.loaded SET register = $1', [hash])
    }
  } finally {
    await database.end()
  }
})

/** Runs patients' own loader: patients owns the tables. */
function load(register: string, databaseUrl: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-load-'))
  const file = join(folder, 'register.json')
  writeFileSync(file, register)
  const loader = fileURLToPath(new URL('../../subgraphs/patients/dist/seed.js', import.meta.url))
  const { status } = spawnSync(process.execPath, [loader, file], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error("patients' loader refused the sandbox's data")
}
