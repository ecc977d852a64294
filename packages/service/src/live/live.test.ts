import type { Hints } from '@vardgraf/events'
import { MovableClock } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestContext } from '../serve/context.js'
import { live } from './live.js'

/** Hints within one process, with what a test wants to know of them. */
function localHints() {
  const waiting = new Map<string, Set<() => void>>()
  const hints: Hints = {
    publish: (topics) => {
      for (const topic of topics) for (const wake of waiting.get(topic) ?? []) wake()
    },
    subscribe: (topic, wake) => {
      const wakes = waiting.get(topic) ?? new Set()
      waiting.set(topic, wakes.add(wake))
      return () => wakes.delete(wake)
    },
    stop: async () => {},
  }
  return { hints, listeners: () => [...waiting.values()].reduce((sum, wakes) => sum + wakes.size, 0) }
}

const at = (iso: string) => ({ version: 1, offsetMs: 0, frozenAt: iso })
const sessionEnd = '2026-11-22T09:00:00Z'
const waiting = { requestId: 'request-0001', deadlineMs: 60_000, gone: new AbortController().signal }
const viewer: Viewer = { kind: 'PATIENT', personId: 'p', sessionExpiresAt: Date.parse(sessionEnd) / 1000 }

describe('a live stream', () => {
  let table: string[]
  let allowed: boolean
  let clock: MovableClock
  let local: ReturnType<typeof localHints>
  let renewed: number

  beforeEach(() => {
    table = ['a', 'b']
    allowed = true
    renewed = 0
    clock = new MovableClock()
    clock.set(at('2026-11-22T08:00:00Z'))
    local = localHints()
  })

  const open = (after: string | null = null) =>
    live<string>(
      { hints: local.hints, clock },
      {
        ctx: {
          viewer,
          language: 'sv',
          waiting,
          now: () => clock.now(),
          renew: () => void renewed++,
        } as unknown as RequestContext,
        topics: ['t'],
        after,
        read: async (cursor) => ({ items: table.slice(Number(cursor ?? 0)), cursor: String(table.length) }),
        mayContinue: async () => allowed,
      },
    )

  it('gives what is there and then what comes, in order and once', async () => {
    const stream = open()
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual(['a', 'b'])
    const next = stream.next()
    table.push('c')
    local.hints.publish(['t'])
    local.hints.publish(['t'])
    expect((await next).value).toBe('c')
    await stream.return?.()
  })

  it('continues behind the cursor of one who comes back', async () => {
    const stream = open('1')
    expect((await stream.next()).value).toBe('b')
    await stream.return?.()
  })

  it('misses nothing that is written between its look and its wait', async () => {
    table = []
    const stream = open()
    const next = stream.next()
    // Lands while the first look is still under way.
    table.push('early')
    local.hints.publish(['t'])
    expect((await next).value).toBe('early')
    await stream.return?.()
  })

  it('looks by itself when a hint is lost', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const stream = open('2')
      const next = stream.next()
      table.push('unannounced')
      await vi.advanceTimersByTimeAsync(4_100)
      expect((await next).value).toBe('unannounced')
      await stream.return?.()
    } finally {
      vi.useRealTimers()
    }
  })

  it('[A7] does not start for one who may not see: the same words as for what does not exist', async () => {
    allowed = false
    await expect(open().next()).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } })
    expect(local.listeners()).toBe(0)
  })

  it('[A6] asks again before every event, and gives none after access has ended', async () => {
    const stream = open()
    await stream.next()
    allowed = false
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'ACCESS_ENDED' } })
    expect(local.listeners()).toBe(0)
  })

  it('[R28] ends with the login, as soon as the clock is there', async () => {
    const stream = open('2')
    const next = stream.next()
    const refused = expect(next).rejects.toMatchObject({ extensions: { code: 'SESSION_ENDED' } })
    await new Promise((resolve) => setTimeout(resolve, 20))
    clock.set(at(sessionEnd))
    await refused
  })

  it('forgets loaded facts before every event', async () => {
    const stream = open()
    await stream.next()
    const before = renewed
    await stream.next()
    expect(renewed).toBeGreaterThan(before)
    await stream.return?.()
  })

  it('lets go at once when the reader leaves while it waits', async () => {
    const stream = open('2')
    const next = stream.next()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(local.listeners()).toBe(1)
    const before = renewed
    // Would fail the stream if it were asked.
    allowed = false
    await stream.return?.()
    expect(await next).toEqual({ value: undefined, done: true })
    expect(renewed).toBe(before)
    expect(local.listeners()).toBe(0)
  })

  describe('while what it needs is away', () => {
    const away = () => Object.assign(new Error('x'), { code: '57P01' })
    const follow = (
      read: (cursor: string | null) => Promise<{ items: string[]; cursor: string }>,
      mayContinue = async () => true,
    ) =>
      live<string>(
        { hints: local.hints, clock },
        {
          ctx: { viewer, waiting, language: 'sv', now: () => clock.now(), renew: () => {} } as unknown as RequestContext,
          topics: ['t'],
          after: null,
          read,
          mayContinue,
        },
      )
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      return () => vi.useRealTimers()
    })

    it('looks again from the same cursor, and misses nothing', async () => {
      let failures = 3
      const cursors: (string | null)[] = []
      const stream = follow(async (cursor) => {
        cursors.push(cursor)
        if (cursor === '1' && failures-- > 0) throw away()
        return { items: table.slice(Number(cursor ?? 0), Number(cursor ?? 0) + 1), cursor: String(Number(cursor ?? 0) + 1) }
      })
      expect((await stream.next()).value).toBe('a')
      const next = stream.next()
      await vi.advanceTimersByTimeAsync(4_000)
      expect((await next).value).toBe('b')
      expect(cursors).toEqual([null, '1', '1', '1', '1'])
      await stream.return?.()
    })

    it('ends with what it waited for in vain, and a bug at once', async () => {
      const stream = follow(async () => {
        throw away()
      })
      const ended = expect(stream.next()).rejects.toMatchObject({ code: '57P01' })
      await vi.advanceTimersByTimeAsync(60_000)
      await ended
      const broken = follow(async () => {
        throw new TypeError('x')
      })
      await expect(broken.next()).rejects.toThrow(TypeError)
      expect(local.listeners()).toBe(0)
    })

    it('gives an item that could not be shown again, after access was checked anew', async () => {
      let checks = 0
      const stream = follow(
        async (cursor) => ({ items: table.slice(Number(cursor ?? 0)), cursor: '2' }),
        async () => ++checks < 3,
      )
      expect((await stream.next()).value).toBe('a')
      stream.again(away())
      const again = stream.next()
      await vi.advanceTimersByTimeAsync(1_000)
      expect((await again).value).toBe('a')
      stream.again(away())
      const refused = expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'ACCESS_ENDED' } })
      await vi.advanceTimersByTimeAsync(1_000)
      await refused
    })

    it('[A7] does not wait before it has begun: who asks is told', async () => {
      const stream = follow(
        async () => ({ items: [], cursor: '0' }),
        async () => {
          throw away()
        },
      )
      await expect(stream.next()).rejects.toMatchObject({ code: '57P01' })
    })
  })
})
