import { createPublicKey } from 'node:crypto'
import { subgraphNames } from '@vardgraf/manifest'
import { globalId } from '@vardgraf/relay'
import { startGraph, type TestGraph, testKeys } from '@vardgraf/testing'
import { signService, signViewer, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { decodeJwt, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Operation, post } from './support/asking.js'
import { defined, encoded, type Issuer, startIssuer } from './support/issuer.js'
import { Following, openSocket } from './support/sockets.js'

const me: Operation = { query: '{ me { kind } }' }
const personalNumber = 'https://id.oidc.se/claim/personalIdentityNumber'
/** The spellings of a public key that somebody may try as an HMAC secret. */
const spellings = (jwk: JWK): Uint8Array[] => {
  const key = createPublicKey({ key: jwk as Record<string, unknown>, format: 'jwk' })
  const pem = key.export({ type: 'spki', format: 'pem' }).toString()
  return [pem, pem.trim(), JSON.stringify(jwk), String(jwk.x)].map((text) => new TextEncoder().encode(text))
}

/** The number with the right check digit. */
const withCheckDigit = (number: string): string => {
  const sum = [...number.slice(2, 11)].reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (product > 9 ? product - 9 : product)
  }, 0)
  return `${number.slice(0, 11)}${(10 - (sum % 10)) % 10}`
}

let graph: TestGraph
let issuer: Issuer
/** The claims of the sandbox's e-ID about a test person, to be signed by the issuer that the gateway trusts here. */
let astrid: JWTPayload
let kim: JWTPayload
const wallSeconds = (): number => Math.floor(Date.now() / 1000)
const seconds = async (): Promise<number> => Math.floor((await graph.clock.now()).getTime() / 1000)

beforeAll(async () => {
  issuer = await startIssuer()
  // A graph of its own: its gateway trusts another issuer, and persons are registered.
  graph = await startGraph({ envOf: { gateway: { OIDC_ISSUER: issuer.url, OIDC_KEY_COOLDOWN_MS: '0' } } })
  await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
  astrid = decodeJwt(await graph.token('astrid'))
  kim = decodeJwt(await graph.token('kim'))
})
afterAll(async () => {
  await graph.stop()
  await issuer.stop()
})

describe('[R28] a login', () => {
  const forgeries: Record<string, () => Promise<string>> = {
    'signed by somebody else under the issuer’s key id': async () =>
      issuer.sign(astrid, { key: (await generateKeyPair('ES256')).privateKey }),
    'whose claims were changed after signing': async () => {
      const [header, , signature] = (await issuer.sign(astrid)).split('.')
      return `${header}.${encoded({ ...astrid, iss: issuer.url, aud: 'vardgraf', [personalNumber]: '190001019801' })}.${signature}`
    },
    'without its signature': async () => `${(await issuer.sign(astrid)).split('.').slice(0, 2).join('.')}.`,
    'with a signature of nothing but zeros': async () =>
      `${(await issuer.sign(astrid)).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
    'of alg none': async () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${(await issuer.sign(astrid)).split('.')[1]}.`,
    'of alg None with the issuer’s key id': async () =>
      `${encoded({ alg: 'None', kid: issuer.publicJwk.kid })}.${(await issuer.sign(astrid)).split('.')[1]}.`,
    'of an algorithm that names no key of ours': async () =>
      issuer.sign(astrid, { header: { alg: 'EdDSA' }, key: (await generateKeyPair('EdDSA')).privateKey }),
    'that brings its own key along': async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
      const jwk = await crypto.subtle.exportKey('jwk', publicKey)
      return new SignJWT({ ...astrid, iss: issuer.url, aud: 'vardgraf' })
        .setProtectedHeader({ alg: 'ES256', kid: 'mine', jwk: jwk as JWK })
        .sign(privateKey)
    },
    'with an unknown key id': () => issuer.sign(astrid, { header: { kid: 'issuer-2' } }),
    'with the key id of a process': async () => issuer.sign(astrid, { header: { kid: 'gateway.test' } }),
    'that has expired': async () => issuer.sign(astrid, { claims: { exp: (await seconds()) - 31 } }),
    'that has expired by the sandbox’s clock, which is days ahead, not by the wall’s': async () =>
      issuer.sign(astrid, { claims: { iat: wallSeconds(), exp: wallSeconds() + 600 } }),
    'that is not valid yet': async () => issuer.sign(astrid, { claims: { nbf: (await seconds()) + 90 } }),
    'without an expiry': () => issuer.sign(astrid, { claims: { exp: undefined } }),
    'for another audience': () => issuer.sign(astrid, { claims: { aud: 'another-service' } }),
    'for no audience': () => issuer.sign(astrid, { claims: { aud: undefined } }),
    'of another issuer': () => issuer.sign(astrid, { claims: { iss: `${issuer.url}/other` } }),
    'of the sandbox’s e-ID, which this gateway does not know': () => graph.token('astrid'),
    'below level of assurance 3': () => issuer.sign(astrid, { claims: { acr: 'http://id.elegnamnden.se/loa/1.0/loa2' } }),
    'without a level of assurance': () => issuer.sign(astrid, { claims: { acr: undefined } }),
    'with a co-ordination number and no e-ID': () => issuer.sign(kim),
    'with a co-ordination number that says it had an e-ID': () => issuer.sign(kim, { claims: { acr: 'loa3' } }),
    'of staff with a role that does not exist': () =>
      issuer.sign({ ...astrid, [personalNumber]: undefined, employeeHsaId: 'a', healthCareUnitHsaId: 'b', role: 'OWNER' }),
    'that is the gateway’s signed viewer': async () =>
      signViewer({ kind: 'ANONYMOUS' }, 'patients', await gatewayKey(), await graph.clock.now()),
    'that is a service’s token': async () => signService('patients', await gatewayKey(), await graph.clock.now()),
  }
  const gatewayKey = async () => (await testKeys()).key('gateway')

  it('of the issuer is believed', async () => {
    const authorization = `Bearer ${await issuer.sign(astrid)}`
    expect((await post(graph.url, { authorization }, me)).body).toBe('{"data":{"me":{"kind":"PATIENT"}}}')
    const client = openSocket(graph.wsUrl, { authorization })
    const { events } = await new Following(client, me).first()
    expect(events).toMatchObject([{ data: { me: { kind: 'PATIENT' } } }])
    await client.dispose()
  })

  it.each(Object.entries(forgeries))('%s is refused over HTTP and WebSocket', async (_, forge) => {
    await expectRefused(`Bearer ${await forge()}`)
  })

  it('HS256 with the issuer’s public key as the secret, in every spelling, is refused', async () => {
    for (const key of spellings(issuer.publicJwk))
      await expectRefused(`Bearer ${await issuer.sign(astrid, { header: { alg: 'HS256' }, key })}`)
  })

  it.each(['Bearer', 'Bearer ', 'Basic YXN0cmlkOng=', 'Bearer a.b.c', 'Bearer ..', `Bearer a.${'b'.repeat(9_000)}.c`])(
    'given as %j is refused',
    async (authorization) => expectRefused(authorization),
  )

  it('without a key id is believed only if the issuer’s one key signed it', async () => {
    const own = await issuer.sign(astrid, { header: { kid: undefined } })
    const other = await issuer.sign(astrid, { header: { kid: undefined }, key: (await generateKeyPair('ES256')).privateKey })
    // With a single key an issuer may leave the key id out (RFC 7515); whether or not we accept that, a foreign signature is refused.
    expect([200, 401]).toContain((await post(graph.url, { authorization: `Bearer ${own}` }, me)).status)
    await expectRefused(`Bearer ${other}`)
  })

  it('is not given by any other header', async () => {
    const viewer: Viewer = {
      kind: 'PATIENT',
      personId: '00000000-0000-7000-8000-000000000001',
      sessionExpiresAt: (await seconds()) + 600,
    }
    const signed = signViewer(viewer, 'patients', await gatewayKey(), await graph.clock.now())
    const { body } = await post(graph.url, { [VIEWER_HEADER]: signed }, {
      ...me,
      extensions: { [VIEWER_HEADER]: signed },
    } as Operation)
    expect(body).toBe('{"data":{"me":{"kind":"ANONYMOUS"}}}')
    const client = openSocket(graph.wsUrl, { [VIEWER_HEADER]: signed }, { [VIEWER_HEADER]: signed })
    const { events } = await new Following(client, { ...me, extensions: { [VIEWER_HEADER]: signed } }).first()
    expect(events).toMatchObject([{ data: { me: { kind: 'ANONYMOUS' } } }])
    await client.dispose()
  })

  const expectRefused = async (authorization: string): Promise<void> => {
    const { status, headers, body } = await post(graph.url, { authorization }, me)
    expect({ status, authenticate: headers['www-authenticate'] }).toEqual({ status: 401, authenticate: 'Bearer' })
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: expect.any(String), extensions: expect.objectContaining({ code: 'UNAUTHENTICATED', rule: 'R28' }) }],
    })
    for (const [params, upgrade] of [
      [{ authorization }, {}],
      [{}, { authorization }],
    ] as const) {
      const client = openSocket(graph.wsUrl, params, upgrade)
      const { closed, events } = await new Following(client, me).end
      expect({ events, closed }).toEqual({ events: [], closed: { code: 4401, reason: 'UNAUTHENTICATED' } })
      await client.dispose()
    }
  }
})

describe.each(subgraphNames)('a viewer at %s', (name) => {
  const noop: Operation = { query: '{ __typename }' }
  const viewer = async (): Promise<Viewer> => ({
    kind: 'PATIENT',
    personId: '00000000-0000-7000-8000-000000000001',
    sessionExpiresAt: (await seconds()) + 600,
  })
  const sign = async (
    claims: JWTPayload,
    header: { alg?: string; kid?: string | undefined; typ?: string } = {},
    by = 'gateway',
  ) => {
    const iat = await seconds()
    return new SignJWT(defined({ viewer: await viewer(), aud: `vardgraf:${name}`, iat, exp: iat + 15, ...claims }))
      .setProtectedHeader(
        defined({ alg: 'EdDSA', kid: 'gateway.test', typ: 'vardgraf-viewer+jwt', ...header }) as { alg: string },
      )
      .sign((await (await testKeys()).key(by)).key)
  }
  const resigned = async (header: object, key: Parameters<SignJWT['sign']>[0]): Promise<string> =>
    new SignJWT(decodeJwt(await sign({}))).setProtectedHeader({ alg: 'EdDSA', typ: 'vardgraf-viewer+jwt', ...header }).sign(key)

  const forgeries: Record<string, () => Promise<string>> = {
    'in plain JSON': async () => JSON.stringify(await viewer()),
    'of alg none': async () =>
      `${encoded({ alg: 'none', kid: 'gateway.test', typ: 'vardgraf-viewer+jwt' })}.${(await sign({})).split('.')[1]}.`,
    'signed by somebody else': async () =>
      resigned({ kid: 'gateway.test' }, (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey),
    'signed by another process': () => sign({}, { kid: 'patients.test' }, 'patients'),
    'signed by another process under the gateway’s key id': () => sign({}, {}, 'billing'),
    'changed after signing': async () => {
      const [header, , signature] = (await sign({})).split('.')
      return `${header}.${encoded({ ...decodeJwt(await sign({})), viewer: { ...(await viewer()), personId: 'other' } })}.${signature}`
    },
    'with an unknown key id': () => sign({}, { kid: 'gateway.other' }),
    'without a key id': () => sign({}, { kid: undefined }),
    'of another type': () => sign({}, { typ: 'JWT' }),
    'that has expired': async () => sign({ iat: (await seconds()) - 120, exp: (await seconds()) - 60 }),
    'without an expiry': () => sign({ exp: undefined }),
    'for another audience': () => sign({ aud: 'vardgraf' }),
    'for another subgraph': () => sign({ aud: `vardgraf:${subgraphNames.find((other) => other !== name)}` }),
    'for all subgraphs': () => sign({ aud: 'vardgraf-subgraphs' }),
    'for processes': () => sign({ aud: `vardgraf-internal:${name}` }),
    'of a kind that does not exist': () => sign({ viewer: { kind: 'ROOT' } }),
    'of staff without a unit': () => sign({ viewer: { kind: 'STAFF', staffId: 'a', role: 'NURSE', sessionExpiresAt: 9e9 } }),
    'that is a service’s token': async () => signService(name, await (await testKeys()).key('gateway'), await graph.clock.now()),
    'that is an e-ID’s token': () => issuer.sign(astrid),
  }

  it('that the gateway signed is believed', async () => {
    expect((await ask({ [VIEWER_HEADER]: await sign({}) })).status).toBe(200)
    for (const heard of await overSockets(await sign({}))) expect(heard.events).toHaveLength(1)
  })

  it('that is missing is refused', async () => {
    await expectRefused(await ask({}))
    const client = openSocket(address('ws'), {})
    expect((await new Following(client, noop).end).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    await client.dispose()
  })

  it.each(Object.entries(forgeries))('%s is refused over HTTP and WebSocket', async (_, forge) => {
    const forged = await forge()
    await expectRefused(await ask({ [VIEWER_HEADER]: forged }))
    const [withOperation, ...withSocket] = await overSockets(forged)
    expect(withOperation).toMatchObject({ events: [], errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    for (const heard of withSocket) expect(heard).toMatchObject({ events: [], closed: { code: 4403 } })
  })

  it('HS256 with a public key as the secret, in every spelling, is refused', async () => {
    const [jwk] = (await testKeys()).jwks.keys.filter(({ kid }) => kid === 'gateway.test')
    for (const secret of spellings(jwk ?? {}))
      await expectRefused(await ask({ [VIEWER_HEADER]: await resigned({ alg: 'HS256', kid: 'gateway.test' }, secret) }))
  })

  it('does not open the internal endpoints, nor does a call without one', async () => {
    for (const endpoint of ['facts', 'principals'])
      for (const token of [null, await sign({}), await sign({ aud: `vardgraf-internal:${name}` }), await issuer.sign(astrid)]) {
        const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
        const { status, body } = await post(address('http').replace('graphql', `internal/${endpoint}`), authorization, noop)
        expect([401, 404], body).toContain(status)
        expect(status === 404).toBe(endpoint === 'principals' && name !== 'patients')
      }
  })

  const address = (scheme: 'http' | 'ws'): string => `${graph.address(name).replace('http', scheme)}/graphql`
  const ask = (headers: Record<string, string>) => post(address('http'), headers, noop)

  const expectRefused = async ({ status, body }: { status: number; body: string }): Promise<void> => {
    expect(status).toBe(401)
    expect(JSON.parse(body)).toEqual({
      errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED', rule: 'R28' }) })],
    })
  }

  /** Three ways: with the operation, in `connection_init`, and with the upgrade request. */
  const overSockets = (token: string) =>
    Promise.all(
      [
        { client: openSocket(address('ws'), {}), extensions: { [VIEWER_HEADER]: token } },
        { client: openSocket(address('ws'), { [VIEWER_HEADER]: token }) },
        { client: openSocket(address('ws'), {}, { [VIEWER_HEADER]: token }) },
      ].map(async ({ client, ...rest }) => {
        const heard = await new Following(client, { ...noop, ...rest }).end
        await client.dispose()
        return heard
      }),
    )
})

describe('[R28] a person whose number changes', () => {
  it('is one patient by the co-ordination number, by the personal identity number after it, and by the old one again', async () => {
    const coordination = 'https://id.oidc.se/claim/coordinationNumber'
    const [old, current] = ['199002619987', '199002019999'].map(withCheckDigit)
    const patientOf = async (claims: JWTPayload) => {
      const authorization = `Bearer ${await issuer.sign(astrid, { claims: { [personalNumber]: undefined, ...claims } })}`
      const query = '{ me { patient { id personalIdentityNumber region } } }'
      return JSON.parse((await post(graph.url, { authorization }, { query })).body).data.me.patient
    }
    const before = await patientOf({ [coordination]: old })
    expect(before).toEqual({ id: expect.any(String), personalIdentityNumber: old, region: null })
    const changed = { [personalNumber]: current, 'https://id.oidc.se/claim/previousCoordinationNumber': old }
    const after = { id: before.id, personalIdentityNumber: current, region: null }
    expect(await patientOf(changed)).toEqual(after)
    expect(await patientOf({ [coordination]: old })).toEqual(after)
    expect(await patientOf({ [personalNumber]: current })).toEqual(after)
  })
})

describe('the internal endpoints', () => {
  it('[A5] tell contacts to messaging and principals to the gateway alone', async () => {
    const call = async (by: string, endpoint: string, body: object) => {
      const key = await (await testKeys()).key(by)
      const authorization = `Bearer ${await signService('patients', key, await graph.clock.now())}`
      return post(`${graph.address('patients')}/internal/${endpoint}`, { authorization }, body as Operation)
    }
    const contact = { contact: ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000010'] }
    expect((await call('messaging', 'facts', contact)).body).toContain('+46701740605')
    expect((await call('messaging', 'facts', contact)).body).not.toContain('+46701740614')
    for (const by of ['gateway', 'visits', 'billing', 'sandbox']) {
      const { status, body } = await call(by, 'facts', contact)
      expect({ by, status, told: body.includes('+46') }).toMatchObject({ by, told: false })
    }
    for (const by of ['messaging', 'visits', 'billing', 'sandbox'])
      expect((await call(by, 'principals', { personalIdentityNumber: astrid[personalNumber] })).status, by).toBe(403)
  })

  it.each(subgraphNames)('of %s refuse a call that is meant for another process', async (name) => {
    const other = subgraphNames.find((each) => each !== name) ?? ''
    const facts = async (target: string) => {
      const authorization = `Bearer ${await signService(target, await (await testKeys()).key(other), await graph.clock.now())}`
      return post(`${graph.address(name)}/internal/facts`, { authorization }, {} as Operation)
    }
    // Asks for no fact, so only the token is checked.
    expect((await facts(name)).status).toBe(200)
    expect((await facts(other)).status).toBe(401)
  })
})

describe('over time', () => {
  it('[R28] a login ends with its half hour by the sandbox’s clock, and closes its socket with 4440', async () => {
    const nurse = decodeJwt(await graph.token('nurse-1'))
    const login = async (minutes: number) => {
      const iat = await seconds()
      return { authorization: `Bearer ${await issuer.sign({ ...nurse, iat, exp: iat + minutes * 60 })}` }
    }
    const [short, long] = [await login(30), await login(60)]
    const [client, other] = [openSocket(graph.wsUrl, short), openSocket(graph.wsUrl, long)]
    const queue = {
      query: 'subscription ($id: ID!) { unitQueue(unitId: $id) { waiting } }',
      variables: { id: globalId('CareUnit', 'SE2321000172-H001') },
    }
    const [ending, staying] = [new Following(client, queue), new Following(other, queue)]
    await Promise.all([ending.first(), staying.first()])
    expect((await post(graph.url, short, me)).status).toBe(200)

    await graph.clock.advance('PT29M')
    expect((await post(graph.url, short, me)).status).toBe(200)
    expect(ending.heard).toMatchObject({ errors: null, closed: null })

    await graph.clock.advance('PT2M')
    expect(await ending.end).toMatchObject({ errors: null, closed: { code: 4440, reason: 'TOKEN_EXPIRED' } })
    await expectExpired(short)
    expect((await post(graph.url, long, me)).status).toBe(200)
    expect(staying.heard).toMatchObject({ errors: null, closed: null })
    staying.leave()
    await Promise.all([client.dispose(), other.dispose()])
  })

  const expectExpired = async (login: Record<string, string>): Promise<void> => {
    expect((await post(graph.url, login, me)).status).toBe(401)
    const client = openSocket(graph.wsUrl, login)
    expect((await new Following(client, me).end).closed).toEqual({ code: 4401, reason: 'UNAUTHENTICATED' })
    await client.dispose()
  }
})
