// Loaded before every fast test: one that starts a process fails, and says why. See scripts/fast-tests.mjs.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'])
  childProcess[name] = () => {
    throw new Error(
      `a fast test starts no process (${name}): import node:child_process in the test, or @vardgraf/testing, and it runs with the full ones`,
    )
  }
syncBuiltinESMExports()
