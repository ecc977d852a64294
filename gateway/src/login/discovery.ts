import { request } from 'undici'
import { z } from 'zod'
import { type PublishedKey, publicKeyOf } from './algorithms.js'

const timeouts = { headersTimeout: 5_000, bodyTimeout: 5_000 }
const discoveryShape = z.object({ issuer: z.string(), jwks_uri: z.url() })
const jwksShape = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) })

/** The signing keys of an OpenID Connect issuer, found by its discovery document.
 *  @throws Error when the issuer does not answer, or its answer is not valid */
export async function publishedKeys(issuer: string): Promise<PublishedKey[]> {
  const discovery = discoveryShape.parse(await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  if (discovery.issuer !== issuer) throw new Error(`the discovery document is of another issuer: ${discovery.issuer}`)
  // Over http an attacker on the network could add a key.
  if (issuer.startsWith('https:') && !discovery.jwks_uri.startsWith('https:'))
    throw new Error('the address of the keys is not https')
  const { keys } = jwksShape.parse(await getJson(discovery.jwks_uri))
  return keys.flatMap((jwk) => publicKeyOf(jwk) ?? [])
}

async function getJson(url: string): Promise<unknown> {
  const { statusCode, body } = await request(url, timeouts)
  if (statusCode === 200) return body.json()
  await body.dump()
  throw new Error(`${url} answered ${statusCode}`)
}
