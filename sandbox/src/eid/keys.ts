import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

/** The algorithm of every token of the test e-ID. */
export const signingAlgorithm = 'ES256'

/** The issuer's signing keys, the newest first. The newest signs; the one before it is still published, so that its tokens stay valid. */
export class EidKeys {
  private constructor(private keys: JWK[]) {}

  static async create(): Promise<EidKeys> {
    return new EidKeys([await makeKey()])
  }

  /** Adds a new key, which signs from now on; of the older ones only the last is kept. */
  async rotate(): Promise<void> {
    this.keys = [await makeKey(), ...this.keys].slice(0, 2)
  }

  /** Private keys, as oidc-provider takes them. */
  get jwks(): { keys: JWK[] } {
    return { keys: this.keys }
  }

  /** The key that signs now. */
  async signing(): Promise<{ kid: string; key: Awaited<ReturnType<typeof importJWK>> }> {
    const [newest] = this.keys
    if (!newest?.kid) throw new Error('the e-ID has no key')
    return { kid: newest.kid, key: await importJWK(newest, signingAlgorithm) }
  }
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true })
  return {
    ...(await exportJWK(privateKey)),
    kid: `sandbox-eid-${crypto.randomUUID().slice(0, 8)}`,
    alg: signingAlgorithm,
    use: 'sig',
  }
}
