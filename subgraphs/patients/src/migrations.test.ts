import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { migrateService, subgraphMigration } from '@vardgraf/service'
import { startPostgres } from '@vardgraf/testing'
import { expect, it } from 'vitest'
import { connectDatabase, SCHEMA } from './database.js'
import { migration } from './migration.js'
import { healthCentre1, people } from './testing/boot.js'

const reason = 'for the safety of the child'

it('[R20] [R28] migrations move the blocks that hung on custody rows, and the number that was a person’s only one', async () => {
  const postgres = await startPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-migration-'))
  const prisma = fileURLToPath(new URL('../prisma', import.meta.url))
  cpSync(prisma, folder, { recursive: true })
  for (const name of readdirSync(join(folder, 'migrations')))
    if (/^\d+_/.test(name) && !name.endsWith('_init')) rmSync(join(folder, 'migrations', name), { recursive: true })
  await migrateService(postgres.url, subgraphMigration(SCHEMA, pathToFileURL(folder)))
  const db = connectDatabase(postgres.url)
  const held = async (table: string, columns: string, ...rows: string[]) => {
    for (const row of rows) await db.$executeRawUnsafe(`INSERT INTO patients.${table} (${columns}) VALUES (${row})`)
  }
  try {
    await held('care_unit', 'hsa_id, name, kind, region, phone, url', `'${healthCentre1}', 'H', 'HEALTH_CENTRE', 'r', '1', 'u'`)
    await held(
      'person',
      'id, personal_identity_number, birth_date, region, registered_at',
      `'${people.gunilla}', '198509029825', '1985-09-02', 'r', now()`,
      `'${people.lo}', '202205659852', '2022-05-05', 'r', now()`,
    )
    const pairColumns = `'${people.gunilla}', '${people.lo}'`
    await held(
      'guardianship',
      'guardian_id, child_id, valid_from, blocked_at, blocked_by, blocked_reason',
      `${pairColumns}, '2022-05-05', '2026-11-20T10:00:00Z', '${healthCentre1}', '${reason}'`,
      `${pairColumns}, '2024-05-05', NULL, NULL, NULL`,
    )
    await migrateService(postgres.url, migration)
    expect(await db.guardianBlock.findMany({ omit: { id: true } })).toEqual([
      {
        guardianId: people.gunilla,
        childId: people.lo,
        unitId: healthCentre1,
        reason,
        validFrom: new Date('2026-11-20T10:00:00Z'),
        validUntil: null,
      },
    ])
    expect(await db.identityNumber.findMany({ omit: { validFrom: true }, orderBy: { number: 'asc' } })).toEqual([
      { personId: people.gunilla, number: '198509029825', kind: 'PERSONAL_IDENTITY_NUMBER', validUntil: null },
      { personId: people.lo, number: '202205659852', kind: 'COORDINATION_NUMBER', validUntil: null },
    ])
    expect(await db.person.findMany({ select: { region: true } })).toEqual([{ region: null }, { region: null }])
  } finally {
    await db.$disconnect()
    await postgres.stop()
    rmSync(folder, { recursive: true })
  }
})
