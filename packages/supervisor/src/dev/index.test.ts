import { expect, it } from 'vitest'
import { standingOn } from './index.js'
import { workspacesOf } from './watch.js'

const folders = { sandbox: 'sandbox', visits: 'subgraphs/visits', billing: 'subgraphs/billing', gateway: 'gateway' }
const madeOf = new Map(Object.entries(folders).map(([name, folder]) => [name, { workspaces: workspacesOf(folder) }]))

it.each([
  ['a subgraph', 'subgraphs/visits', ['visits']],
  ['the gateway', 'gateway', ['gateway']],
  ['what all stand on', 'packages/process', ['sandbox', 'visits', 'billing', 'gateway']],
  ['what the gateway does not stand on', 'packages/events', ['sandbox', 'visits', 'billing']],
  ['what no process is made of', 'packages/client', []],
])('a change in %s (%s) restarts %j', (_what, workspace, names) => {
  expect(standingOn(new Set([workspace]), madeOf)).toEqual(names)
})
