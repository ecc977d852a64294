import type { ServerResponse } from 'node:http'
import { request } from 'undici'

/** Shorter than a load balancer waits: a subgraph that hangs is reported as away, and does not delay the answer. */
const deadlineMs = 500
/** Probes are frequent, so the subgraphs are asked at most this often. */
const rememberedMs = 1_000

/** The state of this process itself. */
interface Own {
  draining: boolean
  /** Logins can be checked. The supergraph is not listed: without it the process does not start. */
  login: boolean
}

/**
 * Ready when this process can serve: it has its supergraph and the issuer's keys, and is not stopping. The state of each subgraph is
 * reported but does not decide: all gateways see the same subgraph away, and a load balancer that removed them all would stop the rest.
 */
export class Readiness {
  private last: { at: number; states: Promise<Record<string, boolean>> } | undefined

  constructor(
    private readonly addresses: () => ReadonlyMap<string, string>,
    private readonly own: () => Own,
  ) {}

  async answer(response: ServerResponse): Promise<void> {
    const now = performance.now()
    if (!this.last || now - this.last.at > rememberedMs) this.last = { at: now, states: probeAll(this.addresses()) }
    const subgraphs = await this.last.states
    const { draining, login } = this.own()
    const ready = !draining && login
    answerJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', draining, login, subgraphs })
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
