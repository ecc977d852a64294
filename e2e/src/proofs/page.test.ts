import { describe, expect, it } from 'vitest'
import { percentile, Tally } from './figures.js'
import { page } from './page.js'
import type { Evidence, Proof } from './proof.js'
import { Random } from './random.js'

const proof = {
  name: 'floods',
  claim: 'Nothing breaks.',
  rules: ['R25'],
  invariants: ['It holds.'],
  attack: 'Many.',
  unit: 'floods',
} as unknown as Proof
const occasion = { date: '2026-11-25', commit: 'abc', seed: 7, runs: 60, seconds: 12, machine: '2 × processor' }
const figures = { title: 'Figures', head: ['what', 'number'], rows: [['a | b', 3]] }

describe('the page of a proof', () => {
  const written = (evidence: Partial<Evidence>): string =>
    page(proof, occasion, { runs: 60, tables: [figures], failures: [], ...evidence })

  it('says when it was last made, on what, how often, from which seed, and how to make it again', () => {
    const text = written({})
    expect(text).toContain('| 2026-11-25 | abc | 60 | 7 | 12 s | proven | 2 × processor |')
    expect(text).toContain('Nothing breaks. [R25]')
    expect(text).toContain('`npm run prove -- floods --seed 7 --runs 60`')
  })

  it('keeps its figures, and shows the counterexample, when it failed', () => {
    const text = written({ runs: 4, failures: [{ invariant: 'It holds.', counterexample: 'flood 4' }] })
    expect(text).toContain('| 4 | 7 | 12 s | **failed** (1) |')
    expect(text).toContain('## Failed: It holds.\n\n```text\nflood 4\n```')
    expect(text).toContain('| a \\| b | 3 |')
  })
})

describe('the seed', () => {
  const numbers = (seed: number): number[] => {
    const random = new Random(seed)
    return Array.from({ length: 1_000 }, () => random.between(2, 10))
  }

  it('gives the same numbers again, and another gives others, all within their bounds', () => {
    expect(numbers(7)).toEqual(numbers(7))
    expect(numbers(7)).not.toEqual(numbers(8))
    expect([Math.min(...numbers(7)), Math.max(...numbers(7))]).toEqual([2, 10])
  })

  it('chooses from what there is', () => {
    expect(['a', 'b']).toContain(new Random(1).one(['a', 'b']))
    expect(() => new Random(1).one([])).toThrow(RangeError)
  })
})

it('counts by key, the most frequent first, and finds percentiles', () => {
  const tally = new Tally()
  tally.add('A')
  tally.add('B', 2)
  expect([String(tally), String(new Tally()), tally.of('B'), tally.of('C')]).toEqual(['B 2, A 1', 'none', 2, 0])
  expect([percentile([3, 1, 2], 0.5), percentile([1, 2], 0.99), percentile([], 0.5)]).toEqual([2, 2, 0])
})
