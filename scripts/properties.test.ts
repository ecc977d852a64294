import fc from 'fast-check'
import { expect, it } from 'vitest'

/** The values of one property, in order. */
function valuesOf(params?: fc.Parameters<[number]>): number[] {
  const values: number[] = []
  fc.assert(
    fc.property(fc.integer(), (value) => void values.push(value)),
    params,
  )
  return values
}

it('a property is run a hundred times, or as often as its test says', () => {
  const factor = Number(process.env.VARDGRAF_PROPERTY_RUNS ?? 1)
  expect(valuesOf()).toHaveLength(100 * factor)
  expect(valuesOf({ numRuns: 15 })).toHaveLength(15 * factor)
})

it('with the same values each time, in every test file', () => {
  expect(valuesOf()).toEqual(valuesOf())
  if (process.env.VARDGRAF_PROPERTY_SEED === undefined)
    expect(valuesOf({ numRuns: 2 })).toMatchInlineSnapshot(`
    [
      2079928142,
      -28,
    ]
  `)
})

it('one that does not hold fails with its seed and its shortest counterexample', () => {
  const never = fc.property(fc.integer({ min: 0, max: 1_000 }), (value) => value < 10)
  expect(() => fc.assert(never)).toThrow(/seed: \d+[\s\S]*Counterexample: \[10\]/)
})

it('one that does not hold asynchronously does as well', async () => {
  const never = fc.asyncProperty(fc.integer({ min: 0, max: 1_000 }), async (value) => value < 10)
  await expect(fc.assert(never)).rejects.toThrow(/Counterexample: \[10\]/)
})
