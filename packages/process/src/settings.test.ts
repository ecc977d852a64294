import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flag, httpUrl, integer, processSettings, readSettings, SettingsError } from './settings.js'

const shape = {
  ...processSettings,
  PORT: z.coerce.number().int().min(0),
  SERVICE_KEY: z.string(),
  PATIENTS_URL: httpUrl,
  DEADLINE_MS: integer(800, 50, 10_000),
  INTROSPECTION: flag(false),
}
const complete = { PORT: '4001', SERVICE_KEY: 'key', PATIENTS_URL: 'http://localhost:4001' }
const problemOf = (env: NodeJS.ProcessEnv): string => {
  try {
    readSettings(shape, env)
  } catch (error) {
    if (error instanceof SettingsError) return error.message
  }
  return 'no problem'
}

describe('settings', () => {
  it('come from the environment, with defaults', () => {
    expect(readSettings(shape, complete)).toMatchObject({
      NODE_ENV: 'production',
      PORT: 4001,
      DEADLINE_MS: 800,
      INTROSPECTION: false,
    })
  })

  it('that are missing are named, all at once; an empty one is missing, never zero', () => {
    const problem = problemOf({ PORT: '', DEADLINE_MS: '' })
    for (const name of ['PORT', 'SERVICE_KEY', 'PATIENTS_URL']) expect(problem).toContain(`${name}: is missing`)
    expect(problem).not.toContain('DEADLINE_MS')
  })

  it('that are wrong are named, without their values', () => {
    const problem = problemOf({
      ...complete,
      PATIENTS_URL: 'secret:4001',
      DEADLINE_MS: '7',
      LOG_LEVEL: 'secret',
      INTROSPECTION: 'yes',
    })
    for (const name of ['PATIENTS_URL', 'DEADLINE_MS', 'LOG_LEVEL', 'INTROSPECTION']) expect(problem).toContain(name)
    expect(problem).not.toContain('secret')
  })

  it.each([['production'], [undefined], [''], ['prod']])(
    'of the sandbox are refused when NODE_ENV is %s, empty or not, before anything else is looked at',
    (NODE_ENV) => {
      const problem = problemOf({ ...(NODE_ENV !== undefined && { NODE_ENV }), SANDBOX_CLOCK_URL: '', SANDBOX_ANYTHING: 'x' })
      expect(problem).toContain('SANDBOX_CLOCK_URL, SANDBOX_ANYTHING')
    },
  )

  it.each(['development', 'test'])('of the sandbox are taken when NODE_ENV is %s', (NODE_ENV) => {
    expect(problemOf({ ...complete, NODE_ENV, SANDBOX_CLOCK_URL: 'ws://localhost:4005/clock' })).toBe('no problem')
  })
})
