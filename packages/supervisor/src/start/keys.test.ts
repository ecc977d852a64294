import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { sandboxKeys } from './keys.js'

const folder = mkdtempSync(join(tmpdir(), 'vardgraf-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const contents = (keys: string) =>
  Object.fromEntries(readdirSync(keys).map((file) => [file, readFileSync(join(keys, file), 'utf8')]))

it('keys are made once, and what an earlier release lacked is added without touching the rest', async () => {
  const keys = await sandboxKeys(folder)
  const made = contents(keys)
  expect(JSON.parse(made['cursors.json'] ?? '')).toEqual({ keys: [{ kty: 'oct', kid: 'cursor.sandbox', k: expect.any(String) }] })
  expect(contents(await sandboxKeys(folder))).toEqual(made)
  rmSync(join(keys, 'cursors.json'))
  const { 'cursors.json': added, ...others } = contents(await sandboxKeys(folder))
  expect({ ...others, 'cursors.json': made['cursors.json'] }).toEqual(made)
  expect(added).toContain('cursor.sandbox')
})
