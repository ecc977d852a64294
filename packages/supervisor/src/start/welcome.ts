import { addressesOf } from '../platform.js'
import { bold, dim } from './progress.js'
import type { StartSettings } from './settings.js'

type Person = { key: string; kind: string; name: string; en: string }

/** What to do now: addresses, whom to log in as, and a query that works when pasted. */
export async function welcome({ ports, folder }: StartSettings): Promise<string> {
  const at = addressesOf(ports)
  const response = await fetch(`${at.sandbox}/persons`)
  const { persons } = (await response.json()) as { persons: Person[] }
  const widest = Math.max(...persons.map(({ key }) => key.length))
  const list = persons.map(({ key, name, en }) => `  ${bold(key.padEnd(widest))}  ${name}${dim(`, ${en}`)}`)
  const moved = ports.sandbox === 4005 ? '' : `VARDGRAF_PORT_SANDBOX=${ports.sandbox} `
  return `
${bold('Vårdgraf is running.')} Ctrl-C stops it, npm run reset empties it.

  the graph       ${at.graph} ${dim('(HTTP and WebSocket)')}
  GraphiQL        ${at.graphiql}
  test e-ID       ${at.issuer}/.well-known/openid-configuration
  data and logs   ${folder}

Test persons, all invented:
${list.join('\n')}

Try it:
  curl -s ${at.graph} \\
    -H "authorization: Bearer $(${moved}npm run -s token -- astrid)" \\
    -H 'content-type: application/json' \\
    -d '{"query":"{ me { kind patient { givenName age listedAt { name isOpen } } } }"}'
`
}
