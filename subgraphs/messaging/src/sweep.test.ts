import type { Logger } from '@vardgraf/process'
import { MovableClock } from '@vardgraf/process'
import { waiting } from '@vardgraf/testing'
import { expect, it, vi } from 'vitest'
import { startSweep } from './sweep.js'

const log = { error: vi.fn() } as unknown as Logger
const frozen = (at: string) => ({ version: 0, offsetMs: 0, frozenAt: at })

it('one sweep that fails, or hangs, holds up no other', async () => {
  const clock = new MovableClock()
  const hang = Promise.withResolvers<void>()
  const ran = vi.fn()
  const sweeps = [
    startSweep({ name: 'fails', everyMs: 5, run: () => Promise.reject(new Error('no')) }, { clock, log }),
    startSweep({ name: 'hangs', everyMs: 5, run: () => hang.promise }, { clock, log }),
    startSweep({ name: 'runs', everyMs: 5, run: async () => ran() }, { clock, log }),
  ]
  await vi.waitFor(() => expect(ran.mock.calls.length).toBeGreaterThan(2), waiting)
  await vi.waitFor(() => expect(vi.mocked(log.error).mock.calls.length).toBeGreaterThan(2), waiting)
  expect(log.error).toHaveBeenCalledWith({ err: expect.any(Error), sweep: 'fails' }, expect.any(String))
  hang.resolve()
  await Promise.all(sweeps.map((sweep) => sweep.stop()))
})

it('never runs beside itself, and once more when the clock is moved while it runs', async () => {
  const clock = new MovableClock()
  clock.set(frozen('2026-11-23T09:00:00Z'))
  const seen: string[] = []
  let [running, most] = [0, 0]
  const gate = Promise.withResolvers<void>()
  const sweep = startSweep(
    {
      name: 'looks',
      everyMs: 100_000,
      run: async () => {
        running += 1
        most = Math.max(most, running)
        seen.push(clock.now().toISOString())
        await gate.promise
        running -= 1
      },
    },
    { clock, log },
  )
  for (const hour of ['10', '11', '12']) clock.set(frozen(`2026-11-23T${hour}:00:00Z`))
  gate.resolve()
  await vi.waitFor(() => expect(seen).toEqual(['2026-11-23T09:00:00.000Z', '2026-11-23T12:00:00.000Z']), waiting)
  expect(most).toBe(1)
  await sweep.stop()
  clock.set(frozen('2026-11-23T13:00:00Z'))
  expect(seen).toHaveLength(2)
})
