import type { Hints } from '@vardgraf/events'
import { MovableClock } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestContext } from './context.js'
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
        ctx: { viewer, language: 'sv', now: () => clock.now(), renew: () => void renewed++ } as unknown as RequestContext,
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
  }, 10_000)

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
})
