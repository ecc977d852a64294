import { expect, it } from 'vitest'
import { sourceInWords } from './figure.js'

it.each([
  ['[S] Region Västmanland 2024-04-23: 13–23 years', 'Published: Region Västmanland 2024-04-23: 13–23 years'],
  ['[L] skollagen (2010:800) 7 kap. 10 §', 'Law or public guidance: skollagen (2010:800) 7 kap. 10 §'],
  ['[D] the same morning [S, VGR] means 07:00', 'Decided for this service: the same morning means 07:00'],
  ['[S] 08–16; closed on holidays [D]', 'Published: 08–16; closed on holidays'],
  ['unknown, not confirmed for 2026', 'unknown, not confirmed for 2026'],
])('people read the source %s as %s', (source, words) => {
  expect(sourceInWords(source)).toBe(words)
})
