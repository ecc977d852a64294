import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answers, type Item, isQuestion, merge, missing, type Value } from '@vardgraf/forms'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.js'
import { readTriage } from './read.js'
import type { Rule, TriageQuestionnaire } from './rule.js'
import { takeAnswers } from './take.js'

const folder = join(import.meta.dirname, '../../../questionnaires')
const all = readdirSync(folder).map((name): [string, TriageQuestionnaire] => [
  name,
  readTriage(name, JSON.parse(readFileSync(join(folder, name), 'utf8'))),
])

/** Any answer to a question, now and then a wrong one or one taken back. */
function anAnswer(item: Item): fc.Arbitrary<Value[]> {
  const sound = ((): fc.Arbitrary<Value[]> => {
    switch (item.type) {
      case 'boolean':
        return fc.boolean().map((value) => [value])
      case 'integer':
        return fc.integer({ min: item.min ?? 0, max: item.max ?? 100 }).map((value) => [value])
      case 'decimal':
        return fc.double({ min: item.min ?? 0, max: item.max ?? 100, noNaN: true }).map((value) => [value])
      case 'choice':
        return fc.subarray(
          item.options.map(({ code }): Value => code),
          { minLength: 1, maxLength: item.repeats ? item.options.length : 1 },
        )
      default:
        return fc.string({ minLength: 1, maxLength: 5 }).map((value) => [value])
    }
  })()
  return fc.oneof(
    { weight: 12, arbitrary: sound },
    { weight: 1, arbitrary: fc.constant<Value[]>([]) },
    { weight: 1, arbitrary: fc.constant<Value[]>(['?']) },
  )
}

const anEntry = (q: TriageQuestionnaire): fc.Arbitrary<[string, Value[]]> =>
  fc
    .constantFrom(...q.flat.map(({ item }) => item).filter(isQuestion))
    .chain((item) => anAnswer(item).map((values): [string, Value[]] => [item.linkId, values]))
const someAnswers = (q: TriageQuestionnaire): fc.Arbitrary<Answers> =>
  fc.array(anEntry(q), { maxLength: 20 }).map((entries) => new Map(entries))
const batches = (q: TriageQuestionnaire): fc.Arbitrary<Answers[]> =>
  fc.array(
    fc.array(anEntry(q), { minLength: 1, maxLength: 4 }).map((entries): Answers => new Map(entries)),
    { maxLength: 8 },
  )
const anAge = fc.integer({ min: 0, max: 105 }).map((ageYears) => ({ ageYears }))

/** What the service does: takes batch after batch, and is over at the first red flag. */
function play(
  q: TriageQuestionnaire,
  given: readonly Answers[],
  situation: { ageYears: number },
): { answers: Answers; ended: Rule | null }[] {
  let now: { answers: Answers; ended: Rule | null } = { answers: new Map(), ended: null }
  return given.map((batch) => {
    if (!now.ended) {
      const step = takeAnswers(q, now.answers, batch, situation)
      now = { answers: merge(now.answers, step.accepted), ended: step.redFlag }
    }
    return now
  })
}

describe.each(all)('%s, whatever is answered', (_name, q) => {
  const check = (property: fc.IRawProperty<unknown>): void => fc.assert(property as fc.IProperty<unknown>, { numRuns: 60 })

  it('[R30] gives no outcome before it is complete, unless a red flag is raised', () => {
    check(
      fc.property(someAnswers(q), anAge, (answers, situation) => {
        const verdict = evaluate(q, answers, situation)
        if (verdict.kind === 'INCOMPLETE') expect(verdict.missing).toEqual(missing(q, answers))
        if (verdict.kind === 'OUTCOME') expect(missing(q, answers)).toEqual([])
      }),
    )
  })

  it('[R31] a red flag wins, in whatever order the answers were given, and the verdict is always the same', () => {
    check(
      fc.property(
        someAnswers(q).chain((answers) =>
          fc.tuple(fc.constant(answers), fc.shuffledSubarray([...answers], { minLength: answers.size })),
        ),
        anAge,
        ([answers, shuffled], situation) => {
          const verdict = evaluate(q, answers, situation)
          expect(evaluate(q, new Map(shuffled), situation)).toEqual(verdict)
          if (verdict.kind === 'RED_FLAG') expect(verdict.rule).toMatchObject({ outcome: 'CALL_112', priority: null })
        },
      ),
    )
  })

  it('[R31] once it has ended at 112 it stays there, and it ends at the very answer that raised the flag', () => {
    check(
      fc.property(batches(q), anAge, (given, situation) => {
        const states = play(q, given, situation)
        const first = states.findIndex(({ ended }) => ended !== null)
        const stays = first === -1 || states.slice(first).every(({ ended }) => ended === states[first]?.ended)
        expect(stays).toBe(true)
        for (const { answers, ended } of states) expect(evaluate(q, answers, situation).kind === 'RED_FLAG').toBe(ended !== null)
      }),
    )
  })

  it('[R30] more answers never take a red flag back', () => {
    check(
      fc.property(someAnswers(q), anEntry(q), anAge, (answers, [linkId, values], situation) => {
        const before = evaluate(q, answers, situation)
        const open =
          !answers.has(linkId) && !q.flat.some(({ item }) => item.enableWhen.some(({ question }) => question === linkId))
        if (before.kind === 'RED_FLAG' && open)
          expect(evaluate(q, merge(answers, new Map([[linkId, values]])), situation).kind).toBe('RED_FLAG')
      }),
    )
  })

  it('[R31] a priority is given to those who go on, and only to them', () => {
    check(
      fc.property(someAnswers(q), anAge, (answers, situation) => {
        const verdict = evaluate(q, answers, situation)
        if (verdict.kind === 'INCOMPLETE') return
        const waits = ['HEALTH_CENTRE', 'NURSE_LINE_1177'].includes(verdict.rule.outcome)
        expect(verdict.rule.priority !== null).toBe(waits)
      }),
    )
  })
})
