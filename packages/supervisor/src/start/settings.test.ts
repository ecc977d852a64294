import { expect, it } from 'vitest'
import { startSettings } from './settings.js'

it('has the addresses that the README promises', () => {
  const { ports, postgresPort } = startSettings({})
  expect({ ...ports, postgresPort }).toEqual({
    gateway: 4000,
    patients: 4001,
    visits: 4002,
    messaging: 4003,
    billing: 4004,
    sandbox: 4005,
    postgresPort: 4010,
  })
})

it('moves all ports together, or one alone', () => {
  const { ports, postgresPort } = startSettings({ VARDGRAF_PORT: '5000', VARDGRAF_PORT_SANDBOX: '7000' })
  expect([ports.gateway, ports.messaging, ports.sandbox, postgresPort]).toEqual([5000, 5003, 7000, 5010])
})

it.each(['0', 'x', '70000', '1.5'])('names the variable when a port is %s', (port) => {
  expect(() => startSettings({ VARDGRAF_PORT_POSTGRES: port })).toThrow('VARDGRAF_PORT_POSTGRES must be a port')
})

it.each([
  [{}, true],
  [{ VARDGRAF_DEMO: 'false' }, false],
  [{ VARDGRAF_DEMO: 'true' }, true],
])('lets patients wait with %j: %s', (env, demo) => {
  expect(startSettings(env).demo).toBe(demo)
})

it('names VARDGRAF_DEMO when it is neither', () => {
  expect(() => startSettings({ VARDGRAF_DEMO: 'no' })).toThrow('VARDGRAF_DEMO must be true or false')
})

it('says so when a port that follows from VARDGRAF_PORT is none', () => {
  expect(() => startSettings({ VARDGRAF_PORT: '65530' })).toThrow(
    'VARDGRAF_PORT is too high: a port that follows 65530 would pass 65535',
  )
})

it('names the processes that a debugger can attach to', () => {
  expect(startSettings({ VARDGRAF_INSPECT: 'visits' }).inspected).toBe('visits')
  expect(() => startSettings({ VARDGRAF_INSPECT: 'visit' })).toThrow('VARDGRAF_INSPECT must be one of gateway, patients, visits')
})
