// npm start: prepares, then runs the whole platform with its sandbox until Ctrl-C.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { checkPorts } from '../packages/supervisor/src/start/ports.mjs'
import { fail, load, onRuntime, prepare, runtime } from './prepare.mjs'

const prepared = process.env.VARDGRAF_PREPARED === 'true'
if (!prepared) {
  // Before minutes of installing.
  await checkPorts(process.env).catch(({ message }) => fail(message))
  await prepare()
}

if (onRuntime()) {
  const { start } = await load('packages/supervisor/dist/index.js')
  await start()
} else {
  // The machine's Node prepared; the packaged one runs. The channel ties it to this process, however this one ends.
  const env = { ...process.env, VARDGRAF_PREPARED: 'true' }
  const child = spawn(runtime(), [fileURLToPath(import.meta.url)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  // Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}
