import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTriage } from './read.js'
import { ruleUrl } from './shape.js'

// biome-ignore lint/suspicious/noExplicitAny: the tests break the resource in ways that a type would forbid
type Draft = any

const text = readFileSync(join(import.meta.dirname, '../../../questionnaires/cough-and-fever-1.1.0.json'), 'utf8')

/** The faults that reading reports after `spoil` has changed the resource. */
function faultsOf(spoil: (draft: Draft) => void): string {
  const draft: Draft = JSON.parse(text)
  spoil(draft)
  try {
    readTriage('cough.json', draft)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
const ruleOf = (draft: Draft, id: string): Draft => draft.extension.find((rule: Draft) => rule.extension[0].valueId === id)
const partOf = (rule: Draft, url: string): Draft => rule.extension.find((part: Draft) => part.url === url)
const setCondition = (draft: Draft, id: string, expression: string): void => {
  partOf(ruleOf(draft, id), 'condition').valueExpression.expression = expression
}

describe('reading a FHIR Questionnaire', () => {
  it('[R30] accepts what ships, in both languages', () => {
    const q = readTriage('cough.json', JSON.parse(text))
    expect(q).toMatchObject({
      version: '1.1.0',
      title: { sv: 'Hosta och feber', en: 'Cough and fever' },
      age: { from: 13, to: null },
    })
    expect(q.byLinkId.get('temperature')).toMatchObject({ type: 'decimal', min: 34, max: 43, unit: 'Cel', required: false })
    expect(q.rules.map(({ kind }) => kind)).toContain('DEFAULT')
  })

  it.each<[string, (draft: Draft) => void, string]>([
    [
      'an expression that does not parse',
      (d) => setCondition(d, 'breathing', 'item.where('),
      '.condition: does not parse: line: 1',
    ],
    [
      'an unknown question in a rule',
      (d) => setCondition(d, 'long-fever', "item.where(linkId='feber').answer.value >= 4"),
      '"feber", which is not a question here',
    ],
    [
      'an unknown option in a rule',
      (d) => setCondition(d, 'cough-with-blood', "item.where(linkId='cough-kind').answer.value.code = 'blod'"),
      `'blod' is not an option of "cough-kind"`,
    ],
    [
      '= on a question with several answers',
      (d) => setCondition(d, 'at-risk', "item.where(linkId='conditions').answer.value.code = 'heart'"),
      'can have several answers',
    ],
    [
      'a choice compared as a text, which would never hold',
      (d) => setCondition(d, 'cough-with-blood', "item.where(linkId='cough-kind').answer.value = 'blood'"),
      '"cough-kind" is compared by .answer.value.code',
    ],
    [
      'a number read as a code',
      (d) => setCondition(d, 'long-fever', "item.where(linkId='fever-days').answer.value.code >= 4"),
      '"fever-days" is compared by .answer.value',
    ],
    [
      'a question of a group looked for among the top items, which would never hold',
      (d) => {
        d.item.push({ ...d.item[2], linkId: 'group', type: 'group', required: false, item: [{ ...d.item[2], linkId: 'inner' }] })
        setCondition(d, 'long-fever', "item.where(linkId='inner').answer.value = true")
      },
      '"inner" is in a group: write repeat(item)',
    ],
    [
      'a linkId that is worked out',
      (d) => setCondition(d, 'at-risk', "item.where(linkId='a' & 'b').answer.exists()"),
      'linkId can only be compared with a literal',
    ],
    ['an unknown variable', (d) => setCondition(d, 'long-fever', '%weight > 3'), '%weight is not known'],
    ['the time of day', (d) => setCondition(d, 'long-fever', 'today() > @2026-01-01'), 'today() is not allowed'],
    [
      'an expression that is no yes or no',
      (d) => setCondition(d, 'long-fever', "item.where(linkId='fever-days').answer.value"),
      'cannot be evaluated',
    ],
    [
      'types that cannot be compared',
      (d) => setCondition(d, 'long-fever', "item.where(linkId='cough').answer.value > 'x'"),
      'cannot be evaluated',
    ],
    ['no default outcome', (d) => d.extension.pop(), 'exactly one default outcome, and there are 0'],
    [
      'two rules with one id',
      (d) => (ruleOf(d, 'at-risk').extension[0].valueId = 'long-fever'),
      'the rule id "long-fever" is used twice',
    ],
    [
      'a priority on self-care',
      (d) => ruleOf(d, 'common-cold').extension.push({ url: 'priority', valueCode: 'P5' }),
      'has a priority if its outcome leads to the waiting room',
    ],
    ['self-care without advice', (d) => ruleOf(d, 'common-cold').extension.pop(), 'self-care needs advice'],
    ['a rule without a reason', (d) => ruleOf(d, 'long-fever').extension.splice(-1), 'needs id, kind, outcome and reason'],
    ['a fault of the form itself', (d) => delete d.item[2]._text, 'cough.json: item[2].text: has no English translation'],
  ])('refuses %s, naming file and path', (_what, spoil, message) => {
    expect(faultsOf(spoil)).toContain(message)
    expect(faultsOf(spoil)).toMatch(/^cough\.json: /)
  })

  it.each([
    ["(item.where(linkId='cough').answer.value = true).not()", 'not()'],
    ["item.where(linkId='cough').answer.empty()", 'empty()'],
    ["item.where(linkId='cough').answer.value != true", '"!="'],
    ["item.where(linkId='cough').answer.exists() xor true", '"xor"'],
    ["item.where(linkId='cough').answer.exists() implies false", '"implies"'],
    ['%age > 80', 'must refer to an answer'],
  ])('[R30] refuses the red flag %s: it could fire on what is not answered yet', (expression, message) => {
    expect(faultsOf((d) => setCondition(d, 'breathing', expression))).toContain(message)
  })

  it('[R31] refuses a red flag that ends anywhere but at 112', () => {
    expect(faultsOf((d) => (partOf(ruleOf(d, 'breathing'), 'outcome').valueCode = 'SELF_CARE'))).toContain(
      'a red flag always ends in CALL_112',
    )
  })

  it('reports all faults at once', () => {
    expect(
      faultsOf((d) => {
        delete d._title
        delete d.item[1]._text
      }).split('\n'),
    ).toHaveLength(2)
  })

  it('names its own extension as documented', () => {
    expect(ruleUrl).toBe('https://vardgraf.example/fhir/StructureDefinition/triage-rule')
  })
})
