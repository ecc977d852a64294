// npm run migration -- <subgraph> <name>: writes the migration from the migrations so far to subgraphs/<subgraph>/prisma/schema.prisma.
import { manifest } from '../packages/manifest/src/manifest.mjs'
import { fail, load } from './prepare.mjs'

const [subgraph, name, ...more] = process.argv.slice(2)
const known = Object.keys(manifest.subgraphs)
  .filter((each) => manifest.subgraphs[each].schema)
  .sort()
if (!subgraph || !/^[a-z0-9_]+$/.test(name ?? '') || more.length > 0)
  fail('npm run migration -- <subgraph> <name>, the name in lower case with _')
if (!known.includes(subgraph)) fail(`no subgraph ${subgraph} has tables that Prisma describes; there are ${known.join(', ')}`)
const { createMigration } = await load('packages/service/dist/index.js')
const { startPostgres } = await load('packages/testing/dist/index.js')
const postgres = await startPostgres()
try {
  const folder = await createMigration(postgres.url, subgraph, `${manifest.subgraphs[subgraph].folder}/prisma`, name, new Date())
  console.log(folder ? `wrote ${folder}` : 'the migrations already lead to the data model')
} finally {
  await postgres.stop()
}
