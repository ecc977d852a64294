import { expect, it } from 'vitest'
import { Turns } from './turns.js'

it('lets so many work at once for each key, the rest in order, and goes on after one that fails', async () => {
  const turns = new Turns(2)
  const log: string[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const begin = (key: string, name: string): Promise<void> =>
    turns.take(key, () => {
      log.push(name)
      const gate = Promise.withResolvers<void>()
      gates.set(name, gate)
      return gate.promise
    })
  const all = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => begin(name.charAt(0), name))
  expect(log).toEqual(['a1', 'a2', 'b1'])
  const failed = expect(all[1]).rejects.toThrow('no')
  gates.get('a2')?.reject(new Error('no'))
  await failed
  expect(log).toEqual(['a1', 'a2', 'b1', 'a3'])
  for (const name of ['a1', 'a3', 'b1']) gates.get(name)?.resolve()
  await all[2]
  await expect.poll(() => log).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
  gates.get('a4')?.resolve()
  await all[3]
})
