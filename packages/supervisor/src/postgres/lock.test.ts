import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { locked } from './lock.js'

const folder = mkdtempSync(join(tmpdir(), 'vardgraf-lock-'))
const noProcess = 2 ** 22 + 1

it('lets one in at a time', async () => {
  let inside = 0
  const visit = () =>
    locked(folder, async () => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      inside -= 1
    })
  await Promise.all(Array.from({ length: 10 }, visit))
})

it('takes over the lock of a process that died', async () => {
  writeFileSync(join(folder, 'lock'), String(noProcess))
  expect(await locked(folder, async () => 'in')).toBe('in')
})

it('lets go when the work fails', async () => {
  await expect(locked(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await locked(folder, async () => 'in')).toBe('in')
})
