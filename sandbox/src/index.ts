import { runProcess } from '@vardgraf/process'
import { startSandbox } from './app.js'
import { readConfig } from './config.js'

if (process.env.NODE_ENV === 'production') throw new Error('the sandbox does not run in production')
await runProcess('sandbox', (log) => startSandbox(readConfig(), log))
