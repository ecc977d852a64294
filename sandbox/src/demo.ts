import { runTask, SettingsError } from '@vardgraf/process'
import { graphAt } from './demo/graph.js'
import { fillQueues } from './demo/queues.js'
import { waiting } from './demo/waiting.js'

/** `node sandbox/dist/demo.js GRAPH_URL SANDBOX_URL`, over a running platform: a few invented patients wait when `npm start` is done. */
await runTask('demo', async (log) => {
  const [graphUrl, sandboxUrl] = process.argv.slice(2)
  if (!graphUrl || !sandboxUrl) throw new SettingsError('node dist/demo.js GRAPH_URL SANDBOX_URL')
  log.info({ waiting: await fillQueues(graphAt(graphUrl, sandboxUrl), waiting) }, 'patients wait')
})
