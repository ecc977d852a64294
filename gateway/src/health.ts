import type { ServerResponse } from 'node:http'
import { request } from 'undici'

const deadlineMs = 1_500
/** Probes come often and from many: the subgraphs are asked at most this often. */
const rememberedMs = 1_000

/** Ready when the supergraph is loaded and every subgraph says that it lives. */
export class Readiness {
  private last: { at: number; states: Promise<Record<string, boolean>> } | undefined

  constructor(
    private readonly addresses: () => ReadonlyMap<string, string>,
    private readonly draining: () => boolean,
  ) {}

  async answer(response: ServerResponse): Promise<void> {
    const now = performance.now()
    if (!this.last || now - this.last.at > rememberedMs) this.last = { at: now, states: probeAll(this.addresses()) }
    const subgraphs = await this.last.states
    const ready = !this.draining() && Object.values(subgraphs).every(Boolean)
    answerJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', subgraphs })
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

async function probeAll(addresses: ReadonlyMap<string, string>): Promise<Record<string, boolean>> {
  return Object.fromEntries(await Promise.all([...addresses].map(async ([service, url]) => [service, await lives(url)] as const)))
}

async function lives(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(new URL('/health/live', url), {
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
      signal: AbortSignal.timeout(deadlineMs),
    })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}
