import { createVardgrafClient, type VardgrafClient } from '@vardgraf/client'
import type { TestGraph } from '@vardgraf/testing'
import { WebSocket } from 'ws'

/** Tokens of the test e-ID live longer by far. */
const tokenMilliseconds = 240_000

/** Patients listed at health centre 1, where `nurse-1` and `nurse-1b` work. */
export const patients = ['astrid', 'birger', 'frida', 'gustav', 'hanna', 'ivar'] as const
export const nurses = ['nurse-1', 'nurse-1b'] as const

/** A client for each person, which logs in once in a while: hundreds of requests with one token. */
export class Crowd {
  private readonly clients = new Map<string, VardgrafClient>()
  private readonly tokens = new Map<string, { until: number; token: Promise<string> }>()

  constructor(readonly graph: TestGraph) {}

  as(person: string): VardgrafClient {
    const known = this.clients.get(person)
    if (known) return known
    const client = createVardgrafClient({
      url: this.graph.url,
      token: () => this.token(person),
      webSocket: WebSocket,
      language: 'en',
    })
    this.clients.set(person, client)
    return client
  }

  token(person: string): Promise<string> {
    const known = this.tokens.get(person)
    if (known && known.until > performance.now()) return known.token
    const token = this.graph.token(person)
    token.catch(() => this.tokens.delete(person))
    this.tokens.set(person, { until: performance.now() + tokenMilliseconds, token })
    return token
  }

  async leave(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.close()))
  }
}
