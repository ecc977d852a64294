import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type FactOwner, manifest, type ServiceName, type SubgraphName, servicesOf, urlSetting } from './index.js'

const referrals = { folder: 'subgraphs/referrals', port: 4006, schema: true, facts: true }
const withA = (subgraphs: object) => servicesOf({ ...manifest, subgraphs: { ...manifest.subgraphs, ...subgraphs } })

it('has literal types: a name that is not in the manifest does not compile', () => {
  const names: [SubgraphName, ServiceName, FactOwner] = ['billing', 'sandbox', 'visits']
  // @ts-expect-error no subgraph is called so
  names[0] = 'referrals'
  // @ts-expect-error the gateway is no subgraph
  names[0] = 'gateway'
  // @ts-expect-error billing owns no facts
  names[2] = 'billing'
  expect(urlSetting('patients') satisfies 'PATIENTS_URL').toBe('PATIENTS_URL')
})

it('every list follows from one more line', () => {
  const services = withA({ referrals })
  expect(services.subgraphNames).toEqual(['patients', 'visits', 'messaging', 'billing', 'referrals'])
  expect(services.serviceNames).toEqual(['gateway', 'patients', 'visits', 'messaging', 'billing', 'referrals', 'sandbox'])
  expect(services.processNames).toEqual(['sandbox', 'patients', 'visits', 'messaging', 'billing', 'referrals', 'gateway'])
  expect(services.databaseServices).toEqual(['sandbox', 'patients', 'visits', 'messaging', 'billing', 'referrals'])
  expect(services.factOwners.map((name) => urlSetting(name))).toEqual([
    'PATIENTS_URL',
    'VISITS_URL',
    'MESSAGING_URL',
    'REFERRALS_URL',
  ])
  expect(services.standardPorts).toMatchObject({ billing: 4004, sandbox: 4005, referrals: 4006 })
  expect(services.folders).toMatchObject({ gateway: 'gateway', referrals: 'subgraphs/referrals' })
})

it.each([
  ['a port that another has', { referrals: { ...referrals, port: 4003 } }, 'messaging and referrals both have port 4003'],
  ['a name that is no part of an SQL role', { 'care-plans': referrals }, 'care-plans is not a name of a-z, 0-9 and _'],
  ['the name of another service', { sandbox: referrals }, 'the name sandbox is taken'],
  ['the name of a file beside the keys', { cursors: referrals }, 'the name cursors is taken'],
])('refuses %s', (_what, subgraphs, message) => expect(() => withA(subgraphs)).toThrow(`manifest: ${message}`))

it('is read by plain Node, with nothing installed and nothing built', () => {
  const copy = mkdtempSync(join(tmpdir(), 'vardgraf-manifest-'))
  try {
    for (const file of ['manifest.mjs', 'services.mjs']) cpSync(join(import.meta.dirname, file), join(copy, file))
    const text = readFileSync(join(copy, 'manifest.mjs'), 'utf8')
    writeFileSync(
      join(copy, 'manifest.mjs'),
      text.replace(/^ {4}billing: .*$/m, (line) => `${line}\n    referrals: ${JSON.stringify(referrals)},`),
    )
    const program = "import { processNames } from './services.mjs'; console.log(processNames.join(' '))"
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: copy, encoding: 'utf8' })
    expect(said.trim()).toBe('sandbox patients visits messaging billing referrals gateway')
  } finally {
    rmSync(copy, { recursive: true })
  }
})
