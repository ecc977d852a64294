import { type FactName, type FactProvider, type FactProviders, mayAsk } from '@vardgraf/access'
import { NotForCaller } from './not-for-caller.js'

/** Keys of one fact in one question. */
export const MAX_BATCH = 500

/** Answers the internal endpoint: `{ fact: keys }` → `{ fact: values }`.
 *  @throws RangeError for a fact that is not ours or keys that are not a list
 *  @throws NotForCaller before anything is looked up, when one of the facts is not for the caller */
export async function answerFacts(providers: FactProviders, body: unknown, caller: string): Promise<Record<string, unknown[]>> {
  const questions = Object.entries((body ?? {}) as Record<string, unknown>).map(([name, keys]) => {
    const provider = Object.hasOwn(providers, name) ? (providers[name as FactName] as FactProvider<FactName>) : undefined
    if (!provider || !Array.isArray(keys) || keys.length > MAX_BATCH) throw new RangeError(`cannot answer ${name}`)
    if (!mayAsk(caller, name as FactName)) throw new NotForCaller(name, caller)
    return { name, keys, provider }
  })
  const answers: Record<string, unknown[]> = {}
  for (const { name, keys, provider } of questions) answers[name] = await provider(keys)
  return answers
}
