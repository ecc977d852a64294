import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

/** Changes a good token: claims and header fields that are undefined are left out. */
export interface Twist {
  claims?: JWTPayload
  header?: { alg?: string; kid?: string | undefined; typ?: string }
  /** Signs instead of the issuer's own key. */
  key?: CryptoKey | Uint8Array
}

/** An OpenID Connect issuer of the test's own, so that it can also sign invalid tokens. */
export interface Issuer {
  url: string
  publicJwk: JWK
  sign(claims: JWTPayload, twist?: Twist): Promise<string>
  stop(): Promise<void>
}

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'issuer-1', alg: 'ES256', use: 'sig' }
  const server = createServer((request, response) => {
    const discovery = { issuer: url, jwks_uri: `${url}/jwks` }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [publicJwk] } : discovery))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url,
    publicJwk,
    sign: (claims, { claims: changed, header, key = privateKey } = {}) => {
      const protectedHeader = defined({ alg: 'ES256', kid: publicJwk.kid, typ: 'at+jwt', ...header })
      return new SignJWT(defined({ ...claims, iss: url, aud: 'vardgraf', ...changed }))
        .setProtectedHeader(protectedHeader as { alg: string })
        .sign(key)
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The same without what is undefined. */
export const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T

export const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
