// npm run schema: writes every subgraph's SDL, the supergraphs, and the API schema that clients see.
// With --check it writes nothing and fails where a committed file differs from what the code says.
// npm run dev runs it with --of=subgraphs/visits,…: these alone are asked anew, as they run; the others are taken as they are committed.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import { parse, printSchema } from 'graphql'
import { folders, standardPorts, subgraphNames } from '../packages/manifest/src/services.mjs'
import { program, root } from './prepare.mjs'

const serviceOf = (name) => ({ name, url: `http://localhost:${standardPorts[name]}/graphql`, directory: folders[name] })
const checking = process.argv.includes('--check')
const only = process.argv
  .find((each) => each.startsWith('--of='))
  ?.slice('--of='.length)
  .split(',')
const drifted = []

function write(path, text) {
  const committed = read(path)
  if (committed === text) return
  if (checking) drifted.push(path)
  else {
    writeFileSync(path, text)
    console.log(`wrote ${path}`)
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function compose(parts) {
  const { errors, supergraphSdl } = composeServices(parts.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })))
  if (!errors) return `${supergraphSdl.trim()}\n`
  console.error(errors.map(({ message }) => `does not compose: ${message}`).join('\n'))
  process.exit(1)
}

/** In a process of its own: type-graphql keeps all decorated classes in one place, and two subgraphs' `Patient` would clash there. */
function emit(service) {
  if (only && !only.includes(service.directory)) return { ...service, sdl: read(`${service.directory}/schema.graphql`) }
  const built = `${service.directory}/dist/features.js`
  // npm run dev keeps what is built up to date itself, without the notes by which `program` knows.
  const features = pathToFileURL(only ? join(root, built) : program(built)).href
  const source = `
    import { accessTable } from '@vardgraf/access'
    import { emitSchema, permissionsIn } from '@vardgraf/service'
    import { features } from '${features}'
    process.stdout.write(JSON.stringify({ sdl: emitSchema(features), access: accessTable(permissionsIn(features)) }))`
  const emitted = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  const { sdl, access } = JSON.parse(emitted)
  write(`${service.directory}/schema.graphql`, sdl)
  // Who may read each field: a change of it is a change in review.
  write(`${service.directory}/access.json`, `${JSON.stringify(access, null, 2)}\n`)
  return { ...service, sdl }
}

const parts = []
for (const name of subgraphNames) parts.push(emit(serviceOf(name)))
const supergraph = compose(parts)
write('supergraph.graphql', supergraph)
write('packages/client/schema.graphql', `${printSchema(Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema()).trim()}\n`)
write('sandbox/supergraph.graphql', compose([...parts, emit(serviceOf('sandbox'))]))

if (drifted.length > 0) {
  console.error(`These files differ from the code; run npm run schema and commit: ${drifted.join(', ')}`)
  process.exit(1)
}
