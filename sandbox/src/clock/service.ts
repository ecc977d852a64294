import type { Server } from 'node:http'
import { type ClockState, MovableClock } from '@vardgraf/process'
import type pg from 'pg'
import { type WebSocket, WebSocketServer } from 'ws'

const ackMilliseconds = 2_000
const millisecondsPerDay = 86_400_000
/** Far enough for every rule. Dates beyond it do not fit the columns that store them. */
const furthestDays = 36_525

/**
 * The one clock of all processes. Its state is kept in the database, so that a second start goes on from where it was; each process
 * follows it over `/clock` (see `followClock`), and a change returns when all that are connected have applied it.
 */
export class ClockService {
  /** This process's own follower. */
  readonly clock = new MovableClock()
  private readonly followers = new Map<WebSocket, number>()
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 })
  private readonly acknowledged = new EventTarget()
  private changes: Promise<unknown> = Promise.resolve()
  private state: ClockState = { version: 0, offsetMs: 0, frozenAt: null }

  constructor(private readonly database: pg.Pool) {}

  /** Reads the state that the last run stored. */
  async load(): Promise<void> {
    const { rows } = await this.database.query<{ version: number; offset: number; frozen: Date | null }>(
      'SELECT version, offset_ms::float8 AS offset, frozen_at AS frozen FROM sandbox.clock',
    )
    const [row] = rows
    if (row) this.apply({ version: row.version, offsetMs: row.offset, frozenAt: row.frozen?.toISOString() ?? null })
  }

  /** Accepts followers at `/clock`. */
  serve(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (request.url !== '/clock') return
      this.sockets.handleUpgrade(request, socket, head, (follower) => this.follow(follower))
    })
  }

  get current(): { now: Date; frozen: boolean; offsetMs: number } {
    const now = this.clock.now()
    return { now, frozen: this.state.frozenAt !== null, offsetMs: now.getTime() - Date.now() }
  }

  /** Moves the clock to an instant; it runs on from there, or stands still.
   *  @throws RangeError when it is more than a century away. */
  set(at: Date, frozen: boolean): Promise<void> {
    return this.change(() => this.moved(at, frozen))
  }

  /** Moves the clock forward (or back, by a negative number); a frozen clock stays frozen. */
  advance(milliseconds: number): Promise<void> {
    return this.change(() => this.moved(new Date(this.clock.now().getTime() + milliseconds), this.state.frozenAt !== null))
  }

  /** Back to real time. */
  release(): Promise<void> {
    return this.change(() => ({ offsetMs: 0, frozenAt: null }))
  }

  async stop(): Promise<void> {
    for (const follower of this.followers.keys()) follower.close(1001)
    this.clock.close()
    this.sockets.close()
  }

  private moved(at: Date, frozen: boolean): Omit<ClockState, 'version'> {
    const offsetMs = at.getTime() - Date.now()
    if (Math.abs(offsetMs) > furthestDays * millisecondsPerDay) throw new RangeError('the clock moves by a century at the most')
    return { offsetMs, frozenAt: frozen ? at.toISOString() : null }
  }

  /** One change at a time: each sees what the one before it made. */
  private change(next: () => Omit<ClockState, 'version'>): Promise<void> {
    const done = this.changes.then(async () => {
      const state = { ...next(), version: this.state.version + 1 }
      await this.database.query(
        `INSERT INTO sandbox.clock (version, offset_ms, frozen_at) VALUES ($1, $2, $3)
         ON CONFLICT (single) DO UPDATE SET version = $1, offset_ms = $2, frozen_at = $3`,
        [state.version, Math.round(state.offsetMs), state.frozenAt],
      )
      this.apply(state)
      await this.allAcknowledge(state.version)
    })
    this.changes = done.catch(() => {})
    return done
  }

  private apply(state: ClockState): void {
    this.state = state
    this.clock.set(state)
    for (const follower of this.followers.keys()) follower.send(JSON.stringify(state))
  }

  private follow(follower: WebSocket): void {
    this.followers.set(follower, -1)
    follower.on('message', (data) => {
      const ack = ackOf(data.toString())
      if (ack === null) return follower.close(1008)
      this.followers.set(follower, ack)
      this.acknowledged.dispatchEvent(new Event('ack'))
    })
    follower.on('error', () => follower.terminate())
    follower.on('close', () => {
      this.followers.delete(follower)
      this.acknowledged.dispatchEvent(new Event('ack'))
    })
    follower.send(JSON.stringify(this.state))
  }

  /** Waits at most two seconds for a follower that does not answer. */
  private async allAcknowledge(version: number): Promise<void> {
    const all = () => [...this.followers.values()].every((acknowledged) => acknowledged >= version)
    if (all()) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.acknowledged.removeEventListener('ack', look)
        resolve()
      }
      const look = () => all() && done()
      const timer = setTimeout(done, ackMilliseconds)
      this.acknowledged.addEventListener('ack', look)
    })
  }
}

function ackOf(text: string): number | null {
  try {
    const { ack } = JSON.parse(text) as { ack?: unknown }
    return Number.isInteger(ack) ? (ack as number) : null
  } catch {
    return null
  }
}
