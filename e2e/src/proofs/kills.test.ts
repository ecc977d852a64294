import { expect, it } from 'vitest'
import { kills, schedule } from './kills/index.js'
import { shortly } from './shortly.js'

it('[R13] [R14] [R32] [R33] [R34] [R36] no acknowledged message, claim, answer or visit is lost, and each listener gets each message once and in order, whatever is killed', async () => {
  const { failures, runs } = await shortly(kills)
  expect(failures).toEqual([])
  expect(runs).toBe(kills.shortRuns)
}, 600_000)

it('the same seed makes the same kills, a longer proof begins with those of a shorter one, and no victim is left out', () => {
  expect(schedule(20, 7)).toEqual(schedule(20, 7))
  expect(schedule(20, 7).slice(0, 5)).toEqual(schedule(5, 7))
  expect(new Set(schedule(5, 7).map(({ victim }) => victim)).size).toBe(5)
})
