import { type ServiceName, standardPorts } from '@vardgraf/manifest'
import { addressesOf } from '../platform.js'
import { clockLine, type Now, openNow, queueLine } from './open-now.js'
import { variableOf } from './ports.mjs'
import { bold, dim } from './progress.js'
import type { StartSettings } from './settings.js'

type Person = { key: string; kind: string; name: string; en: string }

/** What to do now: addresses, whom to log in as, who answers at this hour, and two things to try that work when pasted. */
export async function welcome(settings: StartSettings): Promise<string> {
  const { ports, folder } = settings
  const at = addressesOf(ports)
  const response = await fetch(`${at.sandbox}/persons`)
  const { persons } = (await response.json()) as { persons: Person[] }
  // A question that fails must not end a platform that runs.
  const now = await openNow(settings).catch(() => null)
  const widest = Math.max(...persons.map(({ key }) => key.length))
  const list = persons.map(({ key, name, en }) => `  ${bold(key.padEnd(widest))}  ${name}${dim(`, ${en}`)}`)
  return `
${bold('Vårdgraf is running.')} Ctrl-C stops it, npm run reset empties it.

  the graph       ${at.graph} ${dim('(HTTP and WebSocket)')}
  GraphiQL        ${at.graphiql}
  test e-ID       ${at.issuer}/.well-known/openid-configuration
  data and logs   ${folder}

Test persons, all invented:
${list.join('\n')}

${now ? timeAndQueues(now) : 'What time it is and who answers now could not be asked: see the logs.\n'}
Try it:
  curl -s ${at.graph} \\
    -H "authorization: Bearer $(${moved('sandbox', ports.sandbox)}npm run -s token -- astrid)" \\
    -H 'content-type: application/json' \\
    -d '{"query":"{ me { kind patient { givenName age listedAt { name isOpen } } } }"}'
${now ? `\n  ${moved('gateway', ports.gateway)}${moved('sandbox', ports.sandbox)}npm run -s listen -- ${queueToTry(now)}\n` : ''}`
}

const timeAndQueues = (now: Now): string =>
  `It is ${clockLine(now)}.\n${now.queues.map((queue) => `  ${queueLine(queue, now.now)} ${dim(`(${queue.nurse})`)}\n`).join('')}`

/** The longest queue. The acute case waits in 1177's at any hour. */
function queueToTry({ queues }: Now): string {
  const fullest = queues.toSorted((a, b) => b.waiting - a.waiting)[0]
  const query = `subscription { unitQueue(unitId: "${fullest?.unitId}") { unit { name } waiting entries { position priority complaint } } }`
  return `${fullest?.nurse} '${query}'`
}

const moved = (name: ServiceName, port: number): string => (port === standardPorts[name] ? '' : `${variableOf(name)}=${port} `)
