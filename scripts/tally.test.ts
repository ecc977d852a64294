import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { slowestTables } from './slowest.mjs'
import { tallyLine, timeTables } from './tally.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** vitest itself on a small tree, and what the closing line makes of it. */
describe('the closing tally', () => {
  let tree: string
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-tally-'))
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    const config = `import { Tally } from ${JSON.stringify(join(root, 'scripts/tally.mjs'))}
      export default { test: { reporters: [new Tally('report.json')], include: ['*.test.ts'] } }`
    writeFileSync(join(tree, 'vitest.config.mjs'), config)
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  const run = (): Promise<number | null> =>
    new Promise((resolve) => {
      const child = spawn(join(root, 'node_modules/.bin/vitest'), ['run'], { cwd: tree, stdio: 'ignore' })
      child.once('close', resolve)
    })
  const line = async (file: string | null, text = ''): Promise<{ green: boolean; line: string }> => {
    if (file) writeFileSync(join(tree, file), `import { afterAll, beforeAll, describe, expect, it } from 'vitest'\n${text}`)
    const code = await run()
    return { green: code === 0, line: tallyLine(join(tree, 'report.json'), code) }
  }
  const passing = `it('is so', () => {})\n`

  it('counts what passes and what was left out on purpose', async () => {
    const text = `${passing}it.skip('later', () => {})\nit.todo('some day')\ndescribe.skip('all', () => { it('of it', () => {}) })\n`
    expect(await line('all.test.ts', text)).toEqual({ green: true, line: '1 passed, 0 failed, 3 skipped' })
  })

  it.each([
    ['a test fails', `${passing}it('is not so', () => expect(1).toBe(2))`, '1 passed, 1 failed, 0 skipped'],
    ['a file does not load', `import './missing.js'\n${passing}`, '0 passed, 1 failed, 0 skipped'],
    ['a file throws', `${passing}throw new Error('no')`, '0 passed, 1 failed, 0 skipped'],
    ['a file is no program', `it(`, '0 passed, 1 failed, 0 skipped'],
    ['a file has no test', '', '0 passed, 1 failed, 0 skipped'],
    ['a suite has no test', `${passing}describe('empty', () => {})`, '1 passed, 1 failed, 0 skipped'],
    [
      'what comes before fails, so that two tests do not run',
      `beforeAll(() => { throw new Error('no') })\n${passing}${passing.replace('is', 'was')}`,
      '0 passed, 3 failed, 0 skipped',
    ],
    ['what comes after fails', `afterAll(() => { throw new Error('no') })\n${passing}`, '1 passed, 1 failed, 0 skipped'],
    [
      'an error comes from nobody knows where',
      `it('is so', async () => { void Promise.reject(new Error('no')); await new Promise((done) => setTimeout(done, 50)) })`,
      '1 passed, 1 failed, 0 skipped',
    ],
  ])('says so when %s', async (_what, text, expected) => {
    expect(await line('one.test.ts', text)).toEqual({ green: false, line: expected })
  })

  it('comes after tables of ten files and ten tests at the most, the slowest first, with every boot that was counted', async () => {
    const slow = `it('sleeps', async () => { await new Promise((done) => setTimeout(done, 300)) })
      beforeAll(async () => { (await import('node:fs')).appendFileSync(process.env.VARDGRAF_BOOTS ?? '', 'database\\ndatabase\\n') })`
    const many = Array.from({ length: 12 }, (_, index) => `it('number ${index}', () => {})`).join('\n')
    await line('quick.test.ts', many)
    await line('slow.test.ts', slow)
    const tables = timeTables(join(tree, 'report.json')).split('\n')
    expect(tables).toHaveLength(1 + 2 + 1 + 1 + 10 + 1 + 1)
    expect(tables[1]).toMatch(/^slow\.test\.ts +\d+\.\d +\d+\.\d % +\d+\.\d +\d+\.\d$/)
    expect(tables[5]).toMatch(/^sleeps +0\.\d +\d+\.\d %$/)
    expect(tables.at(-1)).toMatch(/; started: 0 graphs, 0 processes, 0 subgraphs, 2 databases$/)
  })

  it('says so when nothing was found to run', async () => {
    expect(await line(null)).toEqual({ green: false, line: '0 passed, 1 failed, 0 skipped' })
  })

  it('says so when vitest does not start', async () => {
    writeFileSync(join(tree, 'vitest.config.mjs'), 'throw new Error("no")')
    expect(await line('one.test.ts', passing)).toEqual({ green: false, line: '0 passed, 1 failed, 0 skipped' })
  })
})

describe('the tables of what takes the time', () => {
  const file = (name: string, seconds: number) => ({ name, seconds, loading: 1, hooks: seconds / 2 })

  it('give seconds and share of the slowest files and tests, and what was started', () => {
    const tables = slowestTables({
      total: 200,
      files: [file('e2e/src/attack.test.ts', 30), file('e2e/src/story.test.ts', 7.04)],
      tests: [{ name: 'who has nothing to do with a patient > finds nothing', file: 'e2e/src/attack.test.ts', seconds: 4.06 }],
      boots: { graph: 1, process: 6, database: 12 },
    })
    expect(tables.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'Slowest files | seconds | share | loading | hooks',
      'e2e/src/attack.test.ts | 30.0 | 15.0 % | 1.0 | 15.0',
      'e2e/src/story.test.ts | 7.0 | 3.5 % | 1.0 | 3.5',
      '',
      'Slowest tests | seconds | share',
      'who has nothing to do with a patient > finds nothing | 4.1 | 2.0 %',
      '',
      '200.0 s in all files; started: 1 graph, 6 processes, 0 subgraphs, 12 databases',
    ])
  })

  it('are empty when vitest has counted nothing', () => {
    expect(timeTables(join(tmpdir(), 'there-is-no-such-report.json'))).toBe('')
  })
})
