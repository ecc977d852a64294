import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, type ConditionOptions, readCondition, thatHold } from './condition.js'
import { Problems } from './problems.js'
import { type Answers, isQuestion, type Value } from './questionnaire.js'
import { readQuestionnaire } from './read.js'
import { take } from './take.js'

const file = join(import.meta.dirname, '../examples/health-declaration.json')
const declaration = readQuestionnaire(file, JSON.parse(readFileSync(file, 'utf8')))
const given = (answers: Record<string, Value | Value[]>): Answers =>
  new Map(Object.entries(answers).map(([linkId, value]) => [linkId, [value].flat()]))

const any: ConditionOptions = { variables: { age: [0, 90] }, positive: false }
function read(text: string, options = any): { condition: Condition | null; faults: string[] } {
  const problems = new Problems()
  const condition = readCondition(declaration, text, options, 'here', problems)
  return { condition, faults: problems.found.map(({ path, message }) => `${path}: ${message}`) }
}
function holds(text: string, answers: Answers, age: number | null = 40, options = any): boolean {
  const { condition, faults } = read(text, options)
  expect(faults).toEqual([])
  return condition !== null && thatHold(declaration, [{ condition }], answers, { age }).length === 1
}

describe('a condition over the answers', () => {
  it.each<[string, Record<string, Value | Value[]>, boolean]>([
    ["item.where(linkId='smokes').answer.value = true", { smokes: true }, true],
    ["item.where(linkId='smokes').answer.value = true", { smokes: false }, false],
    ["item.where(linkId='smokes').answer.value = true", {}, false],
    ["item.where(linkId='temperature').answer.value >= 38.5", { fever: true, temperature: 38.5 }, true],
    ["item.where(linkId='temperature').answer.value >= 38.5", { fever: true, temperature: 38.4 }, false],
    ["'latex' in item.where(linkId='allergies').answer.value.code", { allergies: ['penicillin', 'latex'] }, true],
    ["'latex' in item.where(linkId='allergies').answer.value.code", { allergies: ['none'] }, false],
    ["repeat(item).where(linkId='takes-medicines').answer.value = true", { 'takes-medicines': true }, true],
    ["item.where(linkId='smokes').answer.empty()", {}, true],
  ])('%s of %j is %s', (text, answers, expected) => {
    expect(holds(text, given(answers))).toBe(expected)
  })

  it('ignores answers to questions that are not asked', () => {
    const hot = "item.where(linkId='temperature').answer.value >= 38.5"
    expect(holds(hot, given({ fever: false, temperature: 40 }))).toBe(false)
  })

  it('may ask for what it is told beside the answers; of what is not known no comparison holds', () => {
    const old = "%age >= 75 and item.where(linkId='smokes').answer.value = true"
    expect([74, 75, null].map((age) => holds(old, given({ smokes: true }), age))).toEqual([false, true, false])
  })

  it.each([
    ['an expression that does not parse', 'item.where(', 'here: does not parse: line: 1'],
    ['an unknown question', "item.where(linkId='smoke').answer.value = true", '"smoke", which is not a question here'],
    ['a text that is only shown', "item.where(linkId='about').answer.exists()", '"about", which is not a question here'],
    ['an unknown option', "item.where(linkId='quit').answer.value.code = 'ja'", `'ja' is not an option of "quit"`],
    ['= on several answers', "item.where(linkId='allergies').answer.value.code = 'latex'", 'can have several answers'],
    [
      'a choice compared as a text, which would never hold',
      "item.where(linkId='quit').answer.value = 'yes'",
      '"quit" is compared by .answer.value.code',
    ],
    [
      'a number read as a code',
      "item.where(linkId='cigarettes').answer.value.code >= 4",
      '"cigarettes" is compared by .answer.value',
    ],
    [
      'a question of a group looked for among the top items, which would never hold',
      "item.where(linkId='takes-medicines').answer.value = true",
      '"takes-medicines" is in a group: write repeat(item)',
    ],
    ['a linkId that is worked out', "item.where(linkId='a' & 'b').answer.exists()", 'linkId can only be compared with a literal'],
    ['an unknown variable', '%weight > 3', '%weight is not known; there are %age'],
    ['the time of day', 'today() > @2026-01-01', 'today() is not allowed'],
    ['what reaches outside of the answers', 'item.resolve().exists()', 'resolve() is not allowed'],
    ['what is no yes or no', "item.where(linkId='cigarettes').answer.value", 'cannot be evaluated'],
    ['types that cannot be compared', "item.where(linkId='fever').answer.value > 'x'", 'cannot be evaluated'],
  ])('is refused for %s', (_what, text, message) => {
    const { condition, faults } = read(text)
    expect(condition).toBeNull()
    expect(faults.join('\n')).toContain(message)
  })
})

describe('a positive condition, judged while questions are open', () => {
  const positive = { ...any, positive: true }

  it.each([
    ["(item.where(linkId='fever').answer.value = true).not()", 'not()'],
    ["item.where(linkId='fever').answer.empty()", 'empty()'],
    ["item.where(linkId='fever').answer.value != true", '"!="'],
    ["item.where(linkId='fever').answer.exists() xor true", '"xor"'],
    ["item.where(linkId='fever').answer.exists() implies false", '"implies"'],
    ['%age > 80', 'must refer to an answer'],
    ["item.where(linkId='fever').answer.exists() or true", 'holds before anything is answered'],
  ])('is refused for %s: it could hold of what is not answered yet', (text, message) => {
    expect(read(text, positive).faults.join('\n')).toContain(message)
  })

  it('holds still when more questions are answered', () => {
    const { condition } = read(
      "item.where(linkId='temperature').answer.value >= 38.5 or 'latex' in item.where(linkId='allergies').answer.value.code",
      positive,
    )
    if (!condition) throw new Error('the condition cannot be used')
    const questions = declaration.flat.map(({ item }) => item).filter(isQuestion)
    const values = fc.constantFrom<Value[]>([true], [false], [38.5], [20], ['latex'], ['yes'], ['none'], ['some text'])
    const entries = fc.array(fc.tuple(fc.constantFrom(...questions.map(({ linkId }) => linkId)), values), { maxLength: 12 })
    const held = (answers: Answers): boolean => thatHold(declaration, [{ condition }], answers, { age: 40 }).length === 1
    fc.assert(
      fc.property(entries, entries, (first, second) => {
        const { accepted: before } = take(declaration, new Map(), new Map(first))
        const { accepted: more } = take(declaration, before, new Map(second.filter(([linkId]) => !before.has(linkId))))
        if (held(before)) expect(held(new Map([...before, ...more]))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
