import { randomBytes } from 'node:crypto'
import { serviceNames } from '@vardgraf/manifest'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

/** One private Ed25519 key per process, the public halves of all, and the secret key of cursors. */
export type ServiceKeys = { privateKeys: Record<string, JWK>; jwks: { keys: JWK[] }; cursors: { keys: JWK[] } }

/** A secret key of cursors with the kid `cursor.<id>`. */
export const makeCursorKeys = (id: string): ServiceKeys['cursors'] => ({
  keys: [{ kty: 'oct', kid: `cursor.${id}`, k: randomBytes(32).toString('base64url') }],
})

/** Makes keys with the kids `<service>.<id>`; `sandbox` as id is refused by production. */
export async function makeServiceKeys(id: string, services: readonly string[] = serviceNames): Promise<ServiceKeys> {
  const made = await Promise.all(
    services.map(async (service) => {
      const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
      const kid = `${service}.${id}`
      return {
        service,
        privateKey: { ...(await exportJWK(pair.privateKey)), kid },
        publicKey: { ...(await exportJWK(pair.publicKey)), kid },
      }
    }),
  )
  return {
    privateKeys: Object.fromEntries(made.map(({ service, privateKey }) => [service, privateKey])),
    jwks: { keys: made.map(({ publicKey }) => publicKey) },
    cursors: makeCursorKeys(id),
  }
}
