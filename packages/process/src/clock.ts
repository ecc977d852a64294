import { WebSocket } from 'ws'

/** Where every process gets its time: rules, jobs and token expiry never call Date.now() themselves. */
export interface Clock {
  /** The current instant. */
  now(): Date
  /** Calls back when the clock was moved by hand (never in production); returns the unsubscribe. */
  onJump(listener: () => void): () => void
  close(): void
}

export const systemClock: Clock = { now: () => new Date(), onJump: () => () => {}, close: () => {} }

/** What a clock service tells its followers: either frozen at an instant, or running at an offset from real time. */
export type ClockState = { version: number; offsetMs: number; frozenAt: string | null }

/** A clock that can be moved: the base of the sandbox's follower and of the tests' own. */
export class MovableClock implements Clock {
  private state: ClockState = { version: 0, offsetMs: 0, frozenAt: null }
  private readonly listeners = new Set<() => void>()

  now(): Date {
    return this.state.frozenAt ? new Date(this.state.frozenAt) : new Date(Date.now() + this.state.offsetMs)
  }

  set(state: ClockState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }

  onJump(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close(): void {
    this.listeners.clear()
  }
}

/**
 * Follows the sandbox's clock over a WebSocket: the service sends a ClockState as JSON, the follower answers `{"ack": version}`
 * once it applies, so that "the clock is set" means set in every process. Reconnects by itself.
 * @throws Error when the first state does not arrive within `timeoutMs`.
 */
export async function followClock(url: string, timeoutMs = 10_000): Promise<Clock> {
  const clock = new MovableClock()
  let current: WebSocket | undefined
  let closed = false
  const first = Promise.withResolvers<void>()
  const connect = (): void => {
    const socket = new WebSocket(url)
    current = socket
    socket.on('message', (data) => {
      const state = JSON.parse(data.toString()) as ClockState
      clock.set(state)
      socket.send(JSON.stringify({ ack: state.version }))
      first.resolve()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (!closed) setTimeout(connect, 200).unref()
    })
  }
  connect()
  const close = (): void => {
    closed = true
    clock.close()
    current?.close()
  }
  const timer = setTimeout(() => {
    close()
    first.reject(new Error(`no clock at ${url} within ${timeoutMs} ms`))
  }, timeoutMs)
  await first.promise.finally(() => clearTimeout(timer))
  return { now: () => clock.now(), onJump: (listener) => clock.onJump(listener), close }
}
