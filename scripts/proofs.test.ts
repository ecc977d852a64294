import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { ruleFiles, ruleTests } from '../e2e/src/proofs/mutation.js'
import { propertyFiles } from '../e2e/src/proofs/properties.js'
import { filesBelow } from '../e2e/src/proofs/sources.js'

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string; from: { path: string[]; pathNot: string } }[]
}

it('npm run prove -- mutation leaves out no file that the boundaries hold for a rule', () => {
  const from = forbidden.find(({ name }) => name === 'rules-are-pure')?.from
  const rules = filesBelow(/^(?:packages|subgraphs)\//).filter(
    (file) => from?.path.some((each) => new RegExp(each).test(file)) && !new RegExp(from.pathNot).test(file),
  )
  expect(rules.length).toBeGreaterThan(15)
  expect(rules.filter((file) => !ruleFiles().includes(file))).toEqual([])
})

it.each([
  'guardianship/rules',
  'booking/rules',
  'queue',
  'cases/rules',
  'chat/rules',
  'waiting-room/rules',
  'access',
  'capabilities',
])('it changes who may, and what is allowed now: %s', (name) => {
  expect(ruleFiles().filter((file) => file.endsWith(`/${name}.ts`)).length).toBeGreaterThan(0)
})

it('it mutates no test, and runs none that needs a database or a process', () => {
  expect(ruleFiles().filter((file) => file.includes('.test.') || file.includes('/testing/'))).toEqual([])
  expect(ruleTests().filter((file) => file.endsWith('/guardianship/rules.test.ts'))).toHaveLength(1)
  expect(filesBelow(/\.test\.ts$/, (text) => text.includes('startService')).filter((file) => ruleTests().includes(file))).toEqual(
    [],
  )
})

it('npm run prove -- properties finds the files with properties', () => {
  expect(propertyFiles().length).toBeGreaterThan(15)
})
