// Loaded before every test file: one place gives the number of runs and the seed to all properties of fast-check.
// A test keeps its usual number (`numRuns: 15`, or fast-check's 100); the proof `properties` multiplies it. See docs/proofs.md.
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { IAsyncProperty, IProperty, IRawProperty, Parameters, RunDetails } from 'fast-check'
import { expect, vi } from 'vitest'

const usualRuns = 100
/** Fixed, so that `npm test` gives the same result twice. The proof takes others. */
const usualSeed = 1

const {
  VARDGRAF_PROPERTY_RUNS: factor = '1',
  VARDGRAF_PROPERTY_SEED: seed = String(usualSeed),
  VARDGRAF_PROPERTY_SECONDS: seconds,
  VARDGRAF_PROPERTY_REPORT: report,
} = process.env

// Not loaded until a test asks for it: most tests have no properties.
vi.mock('fast-check', async (original) => {
  const fc = await original<typeof import('fast-check')>()

  const sized = (params: Parameters<unknown> = {}): Parameters<unknown> => ({
    ...params,
    numRuns: Math.ceil((params.numRuns ?? usualRuns) * Number(factor)),
    seed: params.seed ?? Number(seed),
    ...(seconds && { interruptAfterTimeLimit: Number(seconds) * 1_000, markInterruptAsFailure: false }),
    ...(report && { reporter: told }),
  })
  const told = (details: RunDetails<unknown>): void => {
    const { currentTestName: test, testPath } = expect.getState()
    const { numRuns, numSkips, failed } = details
    const line = {
      test,
      file: relative(process.cwd(), testPath ?? ''),
      runs: numRuns,
      skips: numSkips,
      wanted: details.runConfiguration.numRuns,
    }
    const failure = failed ? (fc.defaultReportMessage(details) ?? 'failed') : null
    appendFileSync(report ?? '', `${JSON.stringify({ ...line, failure })}\n`)
    if (failure) throw new Error(failure)
  }

  function assert(property: IAsyncProperty<unknown>, params?: Parameters<unknown>): Promise<void>
  function assert(property: IProperty<unknown>, params?: Parameters<unknown>): void
  function assert(property: IRawProperty<unknown>, params?: Parameters<unknown>): Promise<void> | void {
    return fc.assert(property as IProperty<unknown>, sized(params))
  }
  return { ...fc, assert, default: { ...fc.default, assert } }
})
