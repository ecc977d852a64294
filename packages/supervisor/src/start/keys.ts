import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCursorKeys, makeServiceKeys } from '../service-keys.js'

/** The folder with the processes' keys, made once: `<service>.json`, `trusted.json` and `cursors.json`. They are marked as the sandbox's: production refuses them. */
export async function sandboxKeys(folder: string, id = 'sandbox'): Promise<string> {
  const keys = join(folder, 'keys')
  const cursors = join(keys, 'cursors.json')
  if (existsSync(keys)) {
    // A folder that an earlier release made.
    if (!existsSync(cursors)) writeFileSync(cursors, JSON.stringify(makeCursorKeys(id)), { mode: 0o600 })
    return keys
  }
  const half = `${keys}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  const { privateKeys, jwks, cursors: cursorKeys } = await makeServiceKeys(id)
  for (const [service, key] of Object.entries(privateKeys)) {
    writeFileSync(join(half, `${service}.json`), JSON.stringify(key), { mode: 0o600 })
  }
  writeFileSync(join(half, 'trusted.json'), JSON.stringify(jwks))
  writeFileSync(join(half, 'cursors.json'), JSON.stringify(cursorKeys), { mode: 0o600 })
  renameSync(half, keys)
  return keys
}
