// An OpenID Connect issuer: discovery, keys, and as many different tokens as there are requests.
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    const body = request.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}`
  const token = (n) =>
    new SignJWT({
      acr: 'http://id.elegnamnden.se/loa/1.0/loa3',
      'https://id.oidc.se/claim/personalIdentityNumber': '199003072390',
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .setIssuer(url)
      .setAudience('vardgraf')
      .setSubject(`person-${n}`)
      .setIssuedAt()
      .setExpirationTime('2h')
      .sign(privateKey)
  return { url, tokens: (count) => Promise.all(Array.from({ length: count }, (_, n) => token(n))), stop: () => server.close() }
}
