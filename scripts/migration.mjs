// npm run migration -- <subgraph> <name>: writes the migration from the migrations so far to subgraphs/<subgraph>/prisma/schema.prisma.
import { manifest } from '../packages/manifest/src/manifest.mjs'
import { load } from './prepare.mjs'

const [subgraph, name] = process.argv.slice(2)
const stored = Object.keys(manifest.subgraphs).filter((each) => manifest.subgraphs[each].schema)
if (!stored.includes(subgraph) || !/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error(
    `npm run migration -- <subgraph> <name>: the subgraph is one of ${stored.join(', ')}, the name in lower case with _`,
  )
  process.exit(2)
}
const { createMigration } = await load('packages/service/dist/index.js')
const { startPostgres } = await load('packages/testing/dist/index.js')
const postgres = await startPostgres()
try {
  const folder = await createMigration(postgres.url, subgraph, `${manifest.subgraphs[subgraph].folder}/prisma`, name, new Date())
  console.log(folder ? `wrote ${folder}` : 'the migrations already lead to the data model')
} finally {
  await postgres.stop()
}
