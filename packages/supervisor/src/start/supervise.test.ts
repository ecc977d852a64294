import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ProcessSpec } from '../platform.js'
import { Supervisor } from './supervise.js'

// That there is a full test: it starts processes, by what it tries.
import 'node:child_process'

/** One process of the platform, as a program that writes down when it runs and is ready at once. */
let tree: string
let supervisor: Supervisor
const program = (): string => join(tree, 'dist', 'index.js')
const runs = (): string[] => readFileSync(join(tree, 'runs'), 'utf8').trim().split('\n')
const write = (version: string, then = 'process.send({ ready: true })'): void => {
  const note = `require('node:fs').appendFileSync(${JSON.stringify(join(tree, 'runs'))}, '${version}\\n')`
  writeFileSync(program(), `${note}\nprocess.on('disconnect', () => process.exit(0))\n${then}\n`)
}

beforeEach(async () => {
  tree = mkdtempSync(join(tmpdir(), 'vardgraf-supervise-'))
  for (const folder of ['dist', 'src']) mkdirSync(join(tree, folder))
  writeFileSync(join(tree, 'tsconfig.json'), '{}')
  writeFileSync(join(dirname(program()), 'package.json'), '{ "type": "commonjs" }')
  write('one')
  supervisor = new Supervisor(tree)
  const spec: ProcessSpec = { name: 'visits', command: [program()], port: 1, env: {} }
  await supervisor.start([spec])
})
afterEach(async () => {
  await supervisor.stop()
  rmSync(tree, { recursive: true, force: true })
})

it('restarts what it is told to, with the program that there is now, and nothing else', async () => {
  write('two')
  await supervisor.restart(['gateway'])
  expect(runs()).toEqual(['one'])
  await supervisor.restart(['visits'])
  expect(runs()).toEqual(['one', 'two'])
})

it('says why a process does not start, leaves it until the next restart, and starts it then', async () => {
  write('two', "console.log('Error: no such table')\nprocess.exit(1)")
  await expect(supervisor.restart(['visits'])).rejects.toThrow('visits did not start: Error: no such table')
  write('three')
  await supervisor.restart(['visits'])
  expect(runs()).toEqual(['one', 'two', 'three'])
})

it('a restart ends the attempts to bring a process back after a crash', async () => {
  write('two', 'process.send({ ready: true })\nsetTimeout(() => process.exit(1), 50)')
  await supervisor.restart(['visits'])
  await expect.poll(runs).toHaveLength(3)
  write('three')
  await supervisor.restart(['visits'])
  const after = runs().length
  // Longer than the pause before the next attempt.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(runs()).toHaveLength(after)
  expect(runs().at(-1)).toBe('three')
})
