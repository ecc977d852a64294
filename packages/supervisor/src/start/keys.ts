import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeServiceKeys } from '../service-keys.js'

/** The folder with the processes' keys, made once: `<service>.json` and `trusted.json`. They are marked as the sandbox's: production refuses them. */
export async function sandboxKeys(folder: string, id = 'sandbox'): Promise<string> {
  const keys = join(folder, 'keys')
  if (existsSync(keys)) return keys
  const half = `${keys}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  const { privateKeys, jwks } = await makeServiceKeys(id)
  for (const [service, key] of Object.entries(privateKeys)) {
    writeFileSync(join(half, `${service}.json`), JSON.stringify(key), { mode: 0o600 })
  }
  writeFileSync(join(half, 'trusted.json'), JSON.stringify(jwks))
  renameSync(half, keys)
  return keys
}
