import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { manifest } from '../packages/manifest/src/manifest.mjs'
import { driftOf } from './drift.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { billing, ...others } = manifest.subgraphs

it('every file that cannot read the manifest agrees with it', () => expect(driftOf(root, manifest)).toEqual([]))

it('a subgraph that a file lacks is told, with what to do', () => {
  const referrals = { folder: 'subgraphs/referrals', port: 4006, schema: true, facts: false }
  expect(driftOf(root, { ...manifest, subgraphs: { ...manifest.subgraphs, referrals } })).toEqual([
    'subgraphs/: the folder subgraphs/referrals is missing: make it, or take the line out of the manifest',
    'turbo.json: in //#compile the dependency @vardgraf/subgraph-referrals#generate is missing: add it',
    'tsconfig.json: the reference subgraphs/referrals is missing: add it',
    'supergraph.graphql: the subgraph referrals at http://localhost:4006/graphql is missing: run npm run schema',
    'sandbox/supergraph.graphql: the subgraph referrals at http://localhost:4006/graphql is missing: run npm run schema',
    'docs/architecture.md: the box referrals :4006 is missing: add it',
  ])
})

it('a subgraph that is one too many is told, with what to do', () => {
  expect(driftOf(root, { ...manifest, subgraphs: others })).toEqual([
    'subgraphs/: the folder subgraphs/billing is one too many: give it a line in the manifest, or remove it',
    'tsconfig.json: the reference subgraphs/billing is one too many: remove it',
    'supergraph.graphql: the subgraph billing at http://localhost:4004/graphql is one too many: run npm run schema',
    'sandbox/supergraph.graphql: the subgraph billing at http://localhost:4004/graphql is one too many: run npm run schema',
    'docs/architecture.md: the box billing :4004 is one too many: remove it',
  ])
})

it('a database schema that is said and not there, or there and not said, is told', () => {
  const subgraphs = { ...others, billing: { ...billing, schema: true }, visits: { ...others.visits, schema: false } }
  expect(driftOf(root, { ...manifest, subgraphs }).filter((line) => line.includes('data model'))).toEqual([
    'subgraphs/: the data model subgraphs/billing/prisma/schema.prisma is missing: write it, or set schema to false in the manifest',
    'subgraphs/: the data model subgraphs/visits/prisma/schema.prisma is one too many: set schema to true in the manifest, or remove it',
  ])
})
