import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '@vardgraf/process'
import { startPostgres, waiting } from '@vardgraf/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { batchesOf, connectHints, type Hints } from './hints.js'

const log = createLogger('hints', 'silent')

describe('hints', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let sender: Hints
  let hearer: Hints

  beforeAll(async () => {
    postgres = await startPostgres()
    sender = await connectHints(postgres.url, log)
    hearer = await connectHints(postgres.url, log)
  })
  afterAll(async () => {
    await Promise.all([sender.stop(), hearer.stop()])
    await postgres.stop()
  })

  it('wake the waiting in another connection, by topic', async () => {
    const wanted = vi.fn()
    const other = vi.fn()
    const unsubscribe = hearer.subscribe('case:1', wanted)
    hearer.subscribe('case:2', other)
    sender.publish(['case:1'])
    await vi.waitFor(() => expect(wanted).toHaveBeenCalledTimes(1), waiting)
    unsubscribe()
    sender.publish(['case:1', 'case:2'])
    await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(1), waiting)
    expect(wanted).toHaveBeenCalledTimes(1)
  })

  it('of one turn of the event loop travel together, each topic once', async () => {
    const wake = vi.fn()
    hearer.subscribe('busy', wake)
    for (let i = 0; i < 1_000; i++) sender.publish(['busy'])
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), waiting)
    await sleep(50)
    expect(wake).toHaveBeenCalledTimes(1)
  })

  it('wake all readers after a lost connection, since it is not known what was missed', async () => {
    const wake = vi.fn()
    hearer.subscribe('anything', wake)
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
    )
    await admin.end()
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), waiting)
    wake.mockClear()
    sender.publish(['anything'])
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), waiting)
  })

  it('outlive a database that is away for a while, with one attempt at a time', async () => {
    const away = await startBreakableWay(postgres.url)
    const wake = vi.fn()
    const hints = await connectHints(away.url, log)
    hints.subscribe('anything', wake)
    away.break()
    await sleep(2_600)
    expect(away.refused).toBeGreaterThan(2)
    expect(away.refused).toBeLessThan(8)
    away.mend()
    await vi.waitFor(() => expect(wake).toHaveBeenCalledTimes(1), waiting)
    await hints.stop()
    await away.stop()
  })

  it('go on after a notification that is none of ours', async () => {
    const wake = vi.fn()
    hearer.subscribe('after nonsense', wake)
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    for (const payload of ['nonsense', '', 'null', '{}']) await admin.query("SELECT pg_notify('vardgraf_hints', $1)", [payload])
    await admin.end()
    sender.publish(['after nonsense'])
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), waiting)
  })

  it('are split so that each payload fits what PostgreSQL takes', () => {
    const topics = Array.from({ length: 1_000 }, (_, i) => `messaging:case:${i}:åäö`)
    const batches = batchesOf(topics)
    expect(batches.flat()).toEqual(topics)
    for (const batch of batches) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(8_000)
  })
})

/** A proxy of the database that can be switched off: it ends its connections and refuses new ones. */
async function startBreakableWay(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let broken = false
  let refused = 0
  const server = createServer((socket) => {
    if (broken) {
      refused += 1
      return void socket.destroy()
    }
    const onward = connect(Number(target.port), target.hostname)
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => other.destroy())
      end.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of open) socket.destroy()
  }
  const way = new URL(databaseUrl)
  way.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: way.href,
    get refused() {
      return refused
    },
    break: () => {
      broken = true
      cut()
    },
    mend: () => {
      broken = false
    },
    stop: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
