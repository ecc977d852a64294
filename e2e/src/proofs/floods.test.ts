import { expect, it } from 'vitest'
import { floods } from './floods/index.js'
import { shortly } from './shortly.js'

it('[R25] what is asked for in excess is refused with a stable code, while the processes live, stay small and answer others', async () => {
  const { failures, runs } = await shortly(floods)
  expect(failures).toEqual([])
  expect(runs).toBe(floods.shortRuns)
}, 600_000)
