// npm start: prepares, then runs the whole platform with its sandbox until Ctrl-C.
// npm run dev (`--watch`): the same, and what is saved is compiled and restarted.
import { fileURLToPath } from 'node:url'
import { checkStart } from '../packages/supervisor/src/start/checks.mjs'
import { fail, handOver, load, onRuntime, prepare, root } from './prepare.mjs'
import { sourceFiles } from './workspaces.mjs'

const watch = process.argv.includes('--watch')
const prepared = process.env.VARDGRAF_PREPARED === 'true'
if (!prepared) {
  // Before minutes of installing.
  await checkStart(process.env).catch(({ message }) => fail(message))
  await prepare()
}

if (onRuntime()) {
  const { start } = await load('packages/supervisor/dist/index.js')
  await start(process.env, watch ? { watch: sourceFiles(root) } : {})
} else {
  // The machine's Node prepared; the packaged one runs.
  handOver(fileURLToPath(import.meta.url))
}
