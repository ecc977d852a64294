import { expect, it } from 'vitest'
import { races } from './races/index.js'
import { shortly } from './shortly.js'

it('[R32] [R33] [R34] [R36] however many claim, answer, book and close a case at once, each is done once, and one SMS goes out', async () => {
  const { failures, runs } = await shortly(races)
  expect(failures).toEqual([])
  expect(runs).toBe(races.shortRuns)
}, 180_000)
