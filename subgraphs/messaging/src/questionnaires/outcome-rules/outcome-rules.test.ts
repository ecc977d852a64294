import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answers, effectiveAnswers, next, suitsAge, type Value } from '@vardgraf/forms'
import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.js'
import { readTriage } from './read.js'
import type { TriageQuestionnaire } from './rule.js'
import { takeAnswers } from './take.js'

const shipped = (name: string): TriageQuestionnaire => {
  const file = join(import.meta.dirname, '../../../questionnaires', name)
  return readTriage(name, JSON.parse(readFileSync(file, 'utf8')))
}
const cough = shipped('cough-and-fever-1.1.0.json')
const rash = shipped('skin-rash-1.0.0.json')
const urinary = shipped('urinary-symptoms-1.0.0.json')
const given = (answers: Record<string, Value | Value[]>): Answers =>
  new Map(Object.entries(answers).map(([linkId, value]) => [linkId, [value].flat()]))

const cold = {
  'emergency-signs': ['none'],
  fever: false,
  cough: true,
  'cough-kind': 'dry',
  'cough-weeks': 1,
  breathless: 'no',
  conditions: ['none'],
}
const adult = { ageYears: 40 }

describe('what to ask next', () => {
  it('[R30] asks the follow-up questions of an answer, and no longer when it changes', () => {
    const asked = (answers: Answers): string[] => next(cough, answers).items.map(({ linkId }) => linkId)
    expect(asked(given({}))).not.toContain('temperature')
    expect(asked(given({ fever: true }))).toEqual(expect.arrayContaining(['temperature', 'fever-days', 'stiff-neck']))
    expect(asked(given({ fever: false }))).not.toContain('temperature')
  })

  it('[R30] is complete when the required questions that are asked have answers; optional ones may stay open', () => {
    expect(next(cough, given(cold))).toMatchObject({ progress: { answered: 7, asked: 8, complete: true } })
    expect(next(cough, given({ ...cold, fever: true })).progress.complete).toBe(false)
  })

  it('looks into groups', () => {
    expect(next(urinary, given({})).items.map(({ linkId }) => linkId)).toContain('kinds')
  })
})

describe('the verdict', () => {
  it('[R31] self-care for a plain cold, and the health centre for the same cold at 75', () => {
    expect(evaluate(cough, given(cold), adult)).toMatchObject({ kind: 'OUTCOME', rule: { outcome: 'SELF_CARE' } })
    expect(evaluate(cough, given(cold), { ageYears: 75 })).toMatchObject({
      kind: 'OUTCOME',
      rule: { outcome: 'HEALTH_CENTRE', kind: 'DEFAULT' },
    })
  })

  it('[R31] the most urgent of several rules that hold', () => {
    const answers = given({ ...cold, 'cough-kind': 'blood', 'cough-weeks': 8, breathless: 'rest' })
    expect(evaluate(cough, answers, adult)).toMatchObject({ rule: { outcome: 'NURSE_LINE_1177', priority: 'P1' } })
  })

  it('[R30] none while a required question is open, but a red flag at once', () => {
    expect(evaluate(cough, given({ fever: false }), adult)).toMatchObject({ kind: 'INCOMPLETE' })
    expect(evaluate(cough, given({ 'emergency-signs': ['confused'] }), adult)).toMatchObject({
      kind: 'RED_FLAG',
      rule: { outcome: 'CALL_112' },
    })
  })

  it('[R30] ignores answers to questions that are no longer asked', () => {
    const stiff = given({ ...cold, fever: false, temperature: 40, 'stiff-neck': true })
    expect([...effectiveAnswers(cough, stiff).keys()]).not.toContain('stiff-neck')
    expect(evaluate(cough, stiff, adult)).toMatchObject({ kind: 'OUTCOME', rule: { outcome: 'SELF_CARE' } })
  })

  it.each([
    [38.4, 'INCOMPLETE'],
    [38.5, 'RED_FLAG'],
  ])('[R30] a stiff neck at %s °C is %s', (temperature, kind) => {
    expect(evaluate(cough, given({ fever: true, 'stiff-neck': true, temperature }), adult).kind).toBe(kind)
  })
})

describe('taking answers', () => {
  it('[R30] keeps none of them when one is wrong', () => {
    const step = takeAnswers(cough, given({}), given({ fever: true, temperature: 390 }), adult)
    expect(step).toMatchObject({ errors: [{ linkId: 'temperature', code: 'TOO_HIGH', limit: 43 }], redFlag: null })
    expect(step.accepted.size).toBe(0)
  })

  it('[R31] ends at a red flag although another answer is wrong, and keeps the sound ones', () => {
    const step = takeAnswers(cough, given({}), given({ 'emergency-signs': ['blue-lips'], breathless: 'perhaps' }), adult)
    expect(step.redFlag?.outcome).toBe('CALL_112')
    expect([...step.accepted.keys()]).toEqual(['emergency-signs'])
  })

  it('[R31] once told, the red flag that stands is not raised anew, and another one is', () => {
    const lips = given({ 'emergency-signs': ['blue-lips'] })
    const again = given({ 'emergency-signs': ['blue-lips'], fever: true })
    expect(takeAnswers(cough, lips, again, adult, true).redFlag).toBeNull()
    expect(takeAnswers(cough, lips, again, adult, false).redFlag).not.toBeNull()
    const confused = given({ 'emergency-signs': ['blue-lips', 'confused'] })
    expect(takeAnswers(cough, lips, confused, adult, true).redFlag?.id).toBe('consciousness')
  })

  it('[R31] once told, another sign of the rule that stands is raised, and the same signs again are not', () => {
    const [breathing, both] = [given({ 'emergency-signs': ['breathing'] }), given({ 'emergency-signs': ['breathing', 'faint'] })]
    expect(takeAnswers(rash, breathing, both, adult, true).redFlag?.id).toBe('anaphylaxis')
    expect(takeAnswers(rash, both, both, adult, true).redFlag).toBeNull()
    expect(takeAnswers(rash, both, breathing, adult, true).redFlag).toBeNull()
    expect(takeAnswers(rash, breathing, given({ fever: true }), adult, true).redFlag).toBeNull()
  })

  it.each([
    [['breathing', 'none'], 'NOT_COMBINABLE'],
    [['breathing', 'breathing'], 'NOT_COMBINABLE'],
    [['breathing', 'zzz'], 'NOT_AN_OPTION'],
  ])('[R31] a sign counts whatever is chosen beside it, as in %j', (codes, code) => {
    const step = takeAnswers(rash, given({}), given({ 'emergency-signs': codes }), adult)
    expect(step.redFlag?.id).toBe('anaphylaxis')
    expect([...step.accepted]).toEqual([['emergency-signs', ['breathing']]])
    expect(step.errors).toMatchObject([{ linkId: 'emergency-signs', code }])
    const harmless = given({ 'emergency-signs': ['none', 'zzz'] })
    expect(takeAnswers(rash, given({}), harmless, adult)).toMatchObject({ redFlag: null, accepted: new Map() })
  })

  it('[R31] a red flag is judged though the age is not known, and a rule about the age does not hold', () => {
    const unknown = { ageYears: null }
    expect(takeAnswers(rash, given({}), given({ 'emergency-signs': ['faint'] }), unknown).redFlag?.id).toBe('anaphylaxis')
    expect(evaluate(rash, given({ fever: true }), unknown).kind).toBe('INCOMPLETE')
  })

  it('does not blame earlier answers that have gone out of question', () => {
    expect(takeAnswers(cough, given({ fever: true, temperature: 39 }), given({ fever: false }), adult).errors).toEqual([])
  })
})

it.each([
  [12, false],
  [13, true],
  [99, true],
])('[R25] at %s years the questionnaire for adults is offered: %s', (years, offered) => {
  expect(suitsAge(cough, years)).toBe(offered)
})
