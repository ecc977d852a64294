import type { Client as Socket } from 'graphql-ws'

export interface ClientOptions {
  /** Of the gateway, such as `https://care.example/graphql`. */
  url: string
  /** Access token of the e-ID login. A function is asked again for each request and each new connection; null is anonymous. */
  token?: string | null | (() => string | null | Promise<string | null>)
  /** Language of texts for people; Swedish without it. */
  language?: 'sv' | 'en'
  /** Of live streams; `url` with `ws` for `http` without it. */
  streamUrl?: string
  /** Another `fetch`, such as one that traces. */
  fetch?: typeof fetch
  /** A WebSocket class, where the platform has none of its own. */
  webSocket?: unknown
  /** How often in a row a lost connection is tried anew before a stream throws; without it for as long as the stream is read. */
  reconnects?: number
  /** How often in a row `request` sends again what may be sent again, after the pause that was asked for; 2 without it. */
  retries?: number
  /** Events that may wait for a slow listener before the stream pauses and later resumes from its cursor; 256 without it. */
  bufferedEvents?: number
}

export async function tokenOf({ token }: ClientOptions): Promise<string | null> {
  return (typeof token === 'function' ? await token() : token) ?? null
}

/** The socket that all streams of a client share; it is opened by the first and closed after the last. */
export type { Socket }
