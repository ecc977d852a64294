import { makeServiceKeys, type ServiceKeys } from '@vardgraf/supervisor'
import { type SigningKey, signingKey, signViewer, trustedKeys, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'

/** The keys of all processes, made once per test process (kid `<service>.test`). */
export interface TestKeys extends ServiceKeys {
  /** `SERVICE_KEY`, `TRUSTED_KEYS` and `CURSOR_KEYS` for a process's environment. */
  env(service: string): { SERVICE_KEY: string; TRUSTED_KEYS: string; CURSOR_KEYS: string }
  /** A process's own key, to sign with. */
  key(service: string): Promise<SigningKey>
  /** What every process trusts. */
  trusted(): ReturnType<typeof trustedKeys>
}

let made: Promise<TestKeys> | undefined

export function testKeys(): Promise<TestKeys> {
  made ??= make()
  return made
}

async function make(): Promise<TestKeys> {
  const keys = await makeServiceKeys('test')
  const jwks = JSON.stringify(keys.jwks)
  return {
    ...keys,
    env: (service) => ({
      SERVICE_KEY: JSON.stringify(keys.privateKeys[service]),
      TRUSTED_KEYS: jwks,
      CURSOR_KEYS: JSON.stringify(keys.cursors),
    }),
    key: (service) => signingKey(JSON.stringify(keys.privateKeys[service])),
    trusted: () => trustedKeys(jwks),
  }
}

/** The header with which the gateway would send this viewer to a subgraph: `fetch(url, { headers: await signedViewer('visits', viewer) })`. */
export async function signedViewer(subgraph: string, viewer: Viewer, now = new Date()): Promise<Record<string, string>> {
  const keys = await testKeys()
  return { [VIEWER_HEADER]: signViewer(viewer, subgraph, await keys.key('gateway'), now) }
}
