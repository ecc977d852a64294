import { createVardgrafClient, type VardgrafClient } from '@vardgraf/client'
import type { TestGraph } from '@vardgraf/testing'
import { WebSocket } from 'ws'

/** A client of the graph for each test person, logged in by the e-ID when something is asked. */
export class People {
  private readonly clients = new Map<string, VardgrafClient>()

  constructor(private readonly graph: TestGraph) {}

  /** The client of a test person by key, such as `astrid`; `null` is an anonymous viewer. */
  as(person: string | null): VardgrafClient {
    const key = person ?? ''
    const known = this.clients.get(key)
    if (known) return known
    const client = createVardgrafClient({
      url: this.graph.url,
      token: person && (() => this.graph.token(person)),
      webSocket: WebSocket,
      language: 'en',
    })
    this.clients.set(key, client)
    return client
  }

  async leave(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.close()))
  }
}
