type Stored = { payload: Record<string, unknown>; expiresAt: number }

const cleanMilliseconds = 60_000

/**
 * Sessions, codes and grants of the test e-ID, in memory: a restart ends every login under way, a rotated key does not.
 * Gives the adapter class that oidc-provider asks for; one store for all of its models.
 */
export function memoryAdapter() {
  const store = new Map<string, Stored>()
  const clean = setInterval(() => {
    for (const [key, { expiresAt }] of store) if (expiresAt < Date.now()) store.delete(key)
  }, cleanMilliseconds)
  clean.unref()

  const find = (match: (key: string, payload: Record<string, unknown>) => boolean): Record<string, unknown> | undefined => {
    for (const [key, { payload, expiresAt }] of store) if (expiresAt > Date.now() && match(key, payload)) return payload
    return undefined
  }

  return class MemoryAdapter {
    readonly #model: string
    constructor(model: string) {
      this.#model = model
    }

    #key(id: string): string {
      return `${this.#model}:${id}`
    }

    async upsert(id: string, payload: Record<string, unknown>, expiresInSeconds?: number): Promise<void> {
      store.set(this.#key(id), {
        payload,
        expiresAt: expiresInSeconds ? Date.now() + expiresInSeconds * 1000 : Number.POSITIVE_INFINITY,
      })
    }

    async find(id: string): Promise<Record<string, unknown> | undefined> {
      const stored = store.get(this.#key(id))
      return stored && stored.expiresAt > Date.now() ? stored.payload : undefined
    }

    async findByUid(uid: string): Promise<Record<string, unknown> | undefined> {
      return find((key, payload) => key.startsWith(`${this.#model}:`) && payload.uid === uid)
    }

    async findByUserCode(userCode: string): Promise<Record<string, unknown> | undefined> {
      return find((key, payload) => key.startsWith(`${this.#model}:`) && payload.userCode === userCode)
    }

    async consume(id: string): Promise<void> {
      const stored = store.get(this.#key(id))
      if (stored) stored.payload.consumed = Math.floor(Date.now() / 1000)
    }

    async destroy(id: string): Promise<void> {
      store.delete(this.#key(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of store) if (payload.grantId === grantId) store.delete(key)
    }
  }
}
