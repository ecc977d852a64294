// Loaded before every fast test: one that starts a process or listens on a port fails, and says why. See scripts/fast-tests.mjs.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { Server } from 'node:net'

const refuse = (what) => () => {
  throw new Error(
    `a fast test starts no process and opens no port (${what}): scripts/fast-tests.mjs says which imports make it a full one`,
  )
}
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'])
  childProcess[name] = refuse(name)
Server.prototype.listen = refuse('listen')
syncBuiltinESMExports()
