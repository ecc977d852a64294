import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { effectiveAnswers } from './enabled.js'
import { next } from './next.js'
import { type Answers, suitsAge, type Value } from './questionnaire.js'
import { readQuestionnaire } from './read.js'
import { toResponse } from './response.js'
import { take } from './take.js'
import { validate } from './validate.js'

const file = join(import.meta.dirname, '../examples/health-declaration.json')
const declaration = readQuestionnaire(file, JSON.parse(readFileSync(file, 'utf8')))
const given = (answers: Record<string, Value | Value[]>): Answers =>
  new Map(Object.entries(answers).map(([linkId, value]) => [linkId, [value].flat()]))

const healthy = { smokes: false, fever: false, allergies: ['none'], 'takes-medicines': false }

describe('what to ask next', () => {
  const asked = (answers: Answers): string[] => next(declaration, answers).items.map(({ linkId }) => linkId)

  it('is the follow-up questions of an answer, and no longer when it changes', () => {
    expect(asked(given({}))).not.toContain('temperature')
    expect(asked(given({ fever: true, smokes: true }))).toEqual(expect.arrayContaining(['temperature', 'cigarettes']))
    expect(asked(given({ fever: false }))).not.toContain('temperature')
  })

  it('follows a question that depends on one that depends on another', () => {
    expect(asked(given({ smokes: true, cigarettes: 10 }))).toContain('quit')
    expect(asked(given({ smokes: true, cigarettes: 9 }))).not.toContain('quit')
    expect(asked(given({ smokes: false, cigarettes: 10 }))).not.toContain('quit')
  })

  it('looks into groups, and never asks what is only shown', () => {
    expect(asked(given({}))).toContain('takes-medicines')
    expect(asked(given({ 'takes-medicines': true }))).toContain('which-medicines')
    expect(asked(given({}))).not.toContain('about')
  })

  it('is complete when the required questions that are asked have answers; optional ones may stay open', () => {
    expect(next(declaration, given(healthy)).progress).toEqual({ answered: 4, asked: 5, complete: true })
    expect(next(declaration, given({ ...healthy, smokes: true })).progress.complete).toBe(false)
  })
})

describe('validating answers', () => {
  it.each<[string, Record<string, Value | Value[]>, string]>([
    ['a question that is not there', { colour: 'red' }, 'UNKNOWN_QUESTION'],
    ['a text that is only shown', { about: 'x' }, 'UNKNOWN_QUESTION'],
    ['a follow-up that is not asked', { fever: false, temperature: 38 }, 'NOT_ASKED'],
    ['a word for a yes or no', { fever: 'yes' }, 'WRONG_TYPE'],
    ['half a cigarette', { smokes: true, cigarettes: 1.5 }, 'WRONG_TYPE'],
    ['no number', { fever: true, temperature: Number.NaN }, 'WRONG_TYPE'],
    ['an option that is not there', { allergies: 'maybe' }, 'NOT_AN_OPTION'],
    ['"none of these" beside another', { allergies: ['none', 'latex'] }, 'NOT_COMBINABLE'],
    ['the same option twice', { allergies: ['latex', 'latex'] }, 'NOT_COMBINABLE'],
    ['two answers to one question', { smokes: true, cigarettes: 12, quit: ['yes', 'later'] }, 'ONLY_ONE_ANSWER'],
    ['33.9 °C', { fever: true, temperature: 33.9 }, 'TOO_LOW'],
    ['43.1 °C', { fever: true, temperature: 43.1 }, 'TOO_HIGH'],
    ['1001 characters', { 'takes-medicines': true, 'which-medicines': 'x'.repeat(1001) }, 'TOO_LONG'],
    ['251 characters where nothing is said', { phone: 'x'.repeat(251) }, 'TOO_LONG'],
    ['only spaces', { phone: '  ' }, 'WRONG_TYPE'],
    ['a text that cannot be stored', { phone: '070\0' }, 'WRONG_TYPE'],
  ])('refuses %s', (_what, answers, code) => {
    expect(validate(declaration, given(answers)).map((error) => error.code)).toEqual([code])
  })

  it.each<[string, Record<string, Value | Value[]>]>([
    ['the bounds themselves', { fever: true, temperature: 34, smokes: true, cigarettes: 100 }],
    ['1000 characters', { 'takes-medicines': true, 'which-medicines': 'x'.repeat(1000) }],
    ['an answer taken back', { fever: [] }],
    ['several options', { allergies: ['penicillin', 'latex'] }],
  ])('accepts %s', (_what, answers) => {
    expect(validate(declaration, given(answers))).toEqual([])
  })
})

describe('taking answers', () => {
  it('keeps none of them when one is wrong', () => {
    const taken = take(declaration, given({}), given({ fever: true, temperature: 390 }))
    expect(taken.errors).toEqual([{ linkId: 'temperature', code: 'TOO_HIGH', limit: 43 }])
    expect(taken.accepted.size).toBe(0)
    expect([...taken.understood]).toEqual([['fever', [true]]])
  })

  it.each([
    [['latex', 'none'], 'NOT_COMBINABLE'],
    [['latex', 'latex'], 'NOT_COMBINABLE'],
    [['latex', 'zzz'], 'NOT_AN_OPTION'],
  ])('understands the options that a faulty answer names, as in %j', (codes, code) => {
    const taken = take(declaration, given({}), given({ allergies: codes }))
    expect(taken.errors).toMatchObject([{ linkId: 'allergies', code }])
    expect([...taken.understood]).toEqual([['allergies', ['latex']]])
    expect(take(declaration, given({}), given({ allergies: ['none', 'zzz'] })).understood.size).toBe(0)
  })

  it('does not blame earlier answers that are no longer asked', () => {
    expect(take(declaration, given({ fever: true, temperature: 39 }), given({ fever: false })).errors).toEqual([])
  })
})

describe('the answers that count', () => {
  it('are those to questions that are asked', () => {
    const answers = given({ ...healthy, cigarettes: 20, quit: 'yes', phone: [] })
    expect([...effectiveAnswers(declaration, answers).keys()]).toEqual(['smokes', 'fever', 'allergies', 'takes-medicines'])
  })

  it('are written as a QuestionnaireResponse, groups as groups, with the canonical address of the form', () => {
    const answers = given({ 'takes-medicines': true, allergies: ['latex'], smokes: true, cigarettes: 3, phone: '070-1740605' })
    expect(toResponse(declaration, answers)).toEqual({
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'https://vardgraf.example/fhir/Questionnaire/health-declaration|1.0.0',
      status: 'in-progress',
      item: [
        { linkId: 'smokes', answer: [{ valueBoolean: true }] },
        { linkId: 'cigarettes', answer: [{ valueInteger: 3 }] },
        { linkId: 'allergies', answer: [{ valueCoding: { code: 'latex', display: 'Latex' } }] },
        { linkId: 'medicines', item: [{ linkId: 'takes-medicines', answer: [{ valueBoolean: true }] }] },
        { linkId: 'phone', answer: [{ valueString: '070-1740605' }] },
      ],
    })
  })
})

it.each([
  [17, false],
  [18, true],
  [99, true],
])('at %s years a form for adults is offered: %s', (years, offered) => {
  expect(suitsAge(declaration, years)).toBe(offered)
})
