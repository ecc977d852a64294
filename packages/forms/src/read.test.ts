import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readQuestionnaire } from './read.js'

// biome-ignore lint/suspicious/noExplicitAny: the tests break the resource in ways that a type would forbid
type Draft = any

const text = readFileSync(join(import.meta.dirname, '../examples/health-declaration.json'), 'utf8')

/** The faults that reading reports after `spoil` has changed the resource. */
function faultsOf(spoil: (draft: Draft) => void): string {
  const draft: Draft = JSON.parse(text)
  spoil(draft)
  try {
    readQuestionnaire('form.json', draft)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
const itemOf = (draft: Draft, linkId: string): Draft => draft.item.find((item: Draft) => item.linkId === linkId)

describe('reading a FHIR Questionnaire', () => {
  it('accepts the example, in both languages', () => {
    const q = readQuestionnaire('form.json', JSON.parse(text))
    expect(q).toMatchObject({
      version: '1.0.0',
      title: { sv: 'Hälsodeklaration', en: 'Health declaration' },
      age: { from: 18, to: null },
    })
    expect(q.byLinkId.get('temperature')).toMatchObject({ type: 'decimal', min: 34, max: 43, unit: 'Cel', required: false })
    expect(q.flat.find(({ item }) => item.linkId === 'which-medicines')?.parent).toBe('medicines')
  })

  it.each<[string, (draft: Draft) => void, string]>([
    ['an element that is not carried out', (d) => Object.assign(d.item[1], { answerValueSet: 'x' }), 'form.json: item[1]: '],
    [
      'a version that cannot be ordered',
      (d) => Object.assign(d, { version: 'latest' }),
      'form.json: version: must be numbers with dots',
    ],
    ['a missing translation', (d) => delete d.item[2]._text, 'form.json: item[2].text: has no English translation'],
    ['a linkId used twice', (d) => d.item.push(d.item[1]), 'item "smokes": the linkId is used twice'],
    [
      'enableWhen on an unknown question',
      (d) => (itemOf(d, 'cigarettes').enableWhen[0].question = 'smoke'),
      '"smoke", which is not a question',
    ],
    [
      'enableWhen on a later question',
      (d) => (itemOf(d, 'smokes').enableWhen = [{ question: 'fever', operator: '=', answerBoolean: true }]),
      'which comes later',
    ],
    [
      'enableWhen with an impossible answer',
      (d) => (itemOf(d, 'cigarettes').enableWhen[0] = { question: 'smokes', operator: '=', answerInteger: 1 }),
      'is no answer to it',
    ],
    [
      'enableWhen that orders what has no order',
      (d) => (itemOf(d, 'cigarettes').enableWhen[0].operator = '>'),
      'can only order numbers, not "smokes"',
    ],
    ['enableWhen with two answers', (d) => (itemOf(d, 'quit').enableWhen[0].answerBoolean = true), 'needs exactly one answer[x]'],
    [
      'several conditions that do not say how they go together',
      (d) => itemOf(d, 'temperature').enableWhen.push({ question: 'smokes', operator: '=', answerBoolean: true }),
      'several enableWhen need an enableBehavior',
    ],
    ['a choice without options', (d) => delete itemOf(d, 'quit').answerOption, 'has answerOption'],
    [
      'two options with one code',
      (d) => (itemOf(d, 'quit').answerOption[0].valueCoding.code = 'later'),
      'two options have the same code',
    ],
    ['a group that holds nothing', (d) => delete itemOf(d, 'medicines').item, 'a group, and nothing else, holds items'],
    ['a text that is required', (d) => (itemOf(d, 'about').required = true), 'only a question can be required'],
    ['a number that repeats', (d) => (itemOf(d, 'cigarettes').repeats = true), 'only a choice may repeat'],
    [
      'bounds the wrong way round',
      (d) => (itemOf(d, 'temperature').extension[0].valueDecimal = 50),
      'minValue is above maxValue',
    ],
    [
      'a unit without words',
      (d) => (itemOf(d, 'temperature').extension[2].valueCoding.code = '[degF]'),
      'item[5].extension.valueCoding.code',
    ],
    [
      'an extension of an item that is not carried out',
      (d) => (itemOf(d, 'smokes').extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden' }]),
      'item[1].extension[0]: the extension http://hl7.org/fhir/StructureDefinition/questionnaire-hidden is not understood here',
    ],
    [
      'an extension of the questionnaire that nobody reads',
      (d) => (d.extension = [{ url: 'https://example.org/owner' }]),
      'extension[0]: the extension https://example.org/owner is not understood here',
    ],
    [
      'a bound on what is no number',
      (d) => (itemOf(d, 'phone').extension = itemOf(d, 'cigarettes').extension),
      'minValue is not understood here',
    ],
    [
      'a bound given twice',
      (d) => itemOf(d, 'cigarettes').extension.push(itemOf(d, 'cigarettes').extension[0]),
      'item[2].extension[2]: the extension http://hl7.org/fhir/StructureDefinition/minValue is there twice',
    ],
    [
      'a length of what is no text',
      (d) => (itemOf(d, 'cigarettes').maxLength = 3),
      'item[2]: only a string or a text can have a maxLength',
    ],
    [
      'an option chosen alone where there is one answer',
      (d) => (itemOf(d, 'quit').answerOption[0].extension = itemOf(d, 'allergies').answerOption[3].extension),
      'optionExclusive is for a choice that repeats',
    ],
    ['a third language', (d) => (d._title.extension[0].extension[0].valueCode = 'fi'), 'form.json: title.extension[0].valueCode'],
    ['a number of the paper form', (d) => (d.item[1].prefix = '1a'), 'form.json: item[1]: '],
    [
      'an age that nobody has',
      (d) => (d.useContext[0].valueRange.high = { value: 17, code: 'a' }),
      'form.json: useContext: low is above high',
    ],
    ['another language', (d) => (d.language = 'fi'), 'form.json: language: '],
  ])('refuses %s, naming file and path', (_what, spoil, message) => {
    expect(faultsOf(spoil)).toContain(message)
    expect(faultsOf(spoil)).toMatch(/^form\.json: /)
  })

  it('reports all faults at once', () => {
    expect(
      faultsOf((d) => {
        delete d._title
        delete d.item[1]._text
      }).split('\n'),
    ).toHaveLength(2)
  })

  it('hands the extensions of its user over, with where they stand, and reports what is wrong with them beside its own faults', () => {
    const url = 'https://example.org/owner'
    const draft: Draft = JSON.parse(text)
    draft.extension = [{ url, valueString: 'the clinic' }]
    const owner = readQuestionnaire('form.json', draft, {
      url,
      read: (_q, extensions) => ({ owners: extensions.map(({ path, extension }) => [path, extension.valueString]) }),
    })
    expect(owner.owners).toEqual([['extension[0]', 'the clinic']])
    delete draft._title
    const refused = () =>
      readQuestionnaire('form.json', draft, {
        url,
        read: (_q, [only], problems) => ({ x: problems.add(only?.path ?? '', 'no') }),
      })
    expect(refused).toThrow(/^form\.json: title: has no English translation\nform\.json: extension\[0\]: no$/)
  })
})
