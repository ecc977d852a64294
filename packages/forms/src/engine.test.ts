import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Answers,
  effectiveAnswers,
  evaluate,
  next,
  type Questionnaire,
  suitsAge,
  take,
  toResponse,
  type Value,
  validate,
} from './index.js'
import { readQuestionnaire } from './read.js'

const shipped = (name: string): Questionnaire => {
  const file = join(import.meta.dirname, '../../../subgraphs/messaging/questionnaires', name)
  return readQuestionnaire(name, JSON.parse(readFileSync(file, 'utf8')))
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
    expect(toResponse(urinary, given({ kinds: ['burning'] })).item).toEqual([
      {
        linkId: 'symptoms',
        item: [{ linkId: 'kinds', answer: [{ valueCoding: { code: 'burning', display: 'Sveda när jag kissar' } }] }],
      },
    ])
  })
})

describe('validating answers', () => {
  it.each<[string, Record<string, Value | Value[]>, string]>([
    ['a question that is not there', { colour: 'red' }, 'UNKNOWN_QUESTION'],
    ['a text that is only shown', { demonstration: 'x' }, 'UNKNOWN_QUESTION'],
    ['a follow-up that is not asked', { fever: false, temperature: 38 }, 'NOT_ASKED'],
    ['a word for a yes or no', { fever: 'yes' }, 'WRONG_TYPE'],
    ['half a day', { fever: true, 'fever-days': 1.5 }, 'WRONG_TYPE'],
    ['no number', { fever: true, temperature: Number.NaN }, 'WRONG_TYPE'],
    ['an option that is not there', { breathless: 'maybe' }, 'NOT_AN_OPTION'],
    ['"none of these" beside another', { conditions: ['none', 'heart'] }, 'NOT_COMBINABLE'],
    ['the same option twice', { conditions: ['heart', 'heart'] }, 'NOT_COMBINABLE'],
    ['two answers to one question', { breathless: ['no', 'rest'] }, 'ONLY_ONE_ANSWER'],
    ['33.9 °C', { fever: true, temperature: 33.9 }, 'TOO_LOW'],
    ['43.1 °C', { fever: true, temperature: 43.1 }, 'TOO_HIGH'],
    ['1001 characters', { 'anything-else': 'x'.repeat(1001) }, 'TOO_LONG'],
    ['only spaces', { 'anything-else': '  ' }, 'WRONG_TYPE'],
  ])('[R30] refuses %s', (_what, answers, code) => {
    expect(validate(cough, given(answers)).map((error) => error.code)).toEqual([code])
  })

  it.each<[string, Record<string, Value | Value[]>]>([
    ['the bounds themselves', { fever: true, temperature: 34, 'fever-days': 60 }],
    ['1000 characters', { 'anything-else': 'x'.repeat(1000) }],
    ['an answer taken back', { fever: [] }],
    ['several options', { conditions: ['heart', 'diabetes'] }],
  ])('accepts %s', (_what, answers) => {
    expect(validate(cough, given(answers))).toEqual([])
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
    const step = take(cough, given({}), given({ fever: true, temperature: 390 }), adult)
    expect(step).toMatchObject({ errors: [{ linkId: 'temperature', code: 'TOO_HIGH', limit: 43 }], redFlag: null })
    expect(step.accepted.size).toBe(0)
  })

  it('[R31] ends at a red flag although another answer is wrong, and keeps the sound ones', () => {
    const step = take(cough, given({}), given({ 'emergency-signs': ['blue-lips'], breathless: 'perhaps' }), adult)
    expect(step.redFlag?.outcome).toBe('CALL_112')
    expect([...step.accepted.keys()]).toEqual(['emergency-signs'])
  })

  it('[R31] once told, the red flag that stands is not raised anew, and another one is', () => {
    const lips = given({ 'emergency-signs': ['blue-lips'] })
    const again = given({ 'emergency-signs': ['blue-lips'], fever: true })
    expect(take(cough, lips, again, adult, true).redFlag).toBeNull()
    expect(take(cough, lips, again, adult, false).redFlag).not.toBeNull()
    const confused = given({ 'emergency-signs': ['blue-lips', 'confused'] })
    expect(take(cough, lips, confused, adult, true).redFlag?.id).toBe('consciousness')
  })

  it('[R31] once told, another sign of the rule that stands is raised, and the same signs again are not', () => {
    const [breathing, both] = [given({ 'emergency-signs': ['breathing'] }), given({ 'emergency-signs': ['breathing', 'faint'] })]
    expect(take(rash, breathing, both, adult, true).redFlag?.id).toBe('anaphylaxis')
    expect(take(rash, both, both, adult, true).redFlag).toBeNull()
    expect(take(rash, both, breathing, adult, true).redFlag).toBeNull()
    expect(take(rash, breathing, given({ fever: true }), adult, true).redFlag).toBeNull()
  })

  it.each([
    [['breathing', 'none'], 'NOT_COMBINABLE'],
    [['breathing', 'breathing'], 'NOT_COMBINABLE'],
    [['breathing', 'zzz'], 'NOT_AN_OPTION'],
  ])('[R31] a sign counts whatever is chosen beside it, as in %j', (codes, code) => {
    const step = take(rash, given({}), given({ 'emergency-signs': codes }), adult)
    expect(step.redFlag?.id).toBe('anaphylaxis')
    expect([...step.accepted]).toEqual([['emergency-signs', ['breathing']]])
    expect(step.errors).toMatchObject([{ linkId: 'emergency-signs', code }])
    const harmless = given({ 'emergency-signs': ['none', 'zzz'] })
    expect(take(rash, given({}), harmless, adult)).toMatchObject({ redFlag: null, accepted: new Map() })
  })

  it('[R31] a red flag is judged though the age is not known, and a rule about the age does not hold', () => {
    const unknown = { ageYears: null }
    expect(take(rash, given({}), given({ 'emergency-signs': ['faint'] }), unknown).redFlag?.id).toBe('anaphylaxis')
    expect(evaluate(rash, given({ fever: true }), unknown).kind).toBe('INCOMPLETE')
  })

  it('does not blame earlier answers that have gone out of question', () => {
    expect(take(cough, given({ fever: true, temperature: 39 }), given({ fever: false }), adult).errors).toEqual([])
  })
})

it.each([
  [12, false],
  [13, true],
  [99, true],
])('[R25] at %s years the questionnaire for adults is offered: %s', (years, offered) => {
  expect(suitsAge(cough, years)).toBe(offered)
})
