import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { loadExamples } from './examples.js'

/** The page at `/`, and what it loads. */
export interface Page {
  /** False when the page has no such path. */
  serve(path: string, response: ServerResponse): boolean
}

interface File {
  type: string
  body: Buffer
  headers?: Record<string, string>
}

const assets = new URL('../../page/', import.meta.url)
const carry = new URL('../../dist/page/carry.js', import.meta.url)
const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'

/**
 * GraphiQL with the saved examples. This process serves all of it: nothing is loaded from another site.
 * @param loginUrl where the sandbox gives out tokens; without it there is no login menu
 */
export async function graphiqlPage({ loginUrl }: { loginUrl: string | undefined }): Promise<Page> {
  const [{ css, js, editorWorkerService, graphqlWorker, jsonWorker }, examples] = await Promise.all([
    import('@graphql-yoga/render-graphiql/graphiql'),
    // The examples need the sandbox's test persons.
    loginUrl ? loadExamples() : [],
  ])
  const asset = (name: string): Promise<Buffer> => readFile(new URL(name, assets))
  const template = await readFile(new URL('index.html', assets), 'utf8')
  const config = JSON.stringify({
    loginUrl: loginUrl?.replace(/\/$/, '') ?? null,
    examples,
  })
  // The text is inside a script element: it must not contain markup.
  const html = template.replace('>null<', () => `>${config.replaceAll('<', '\\u003c')}<`)

  const files = new Map<string, File>([
    ['/', { type: 'text/html; charset=utf-8', body: Buffer.from(html), headers: pageHeaders(loginUrl) }],
    ['/graphiql/page.js', { type: script, body: await asset('page.js') }],
    ['/graphiql/run.js', { type: script, body: await asset('run.js') }],
    ['/graphiql/carry.js', { type: script, body: Buffer.from(withoutSourceMap(await readFile(carry, 'utf8'))) }],
    ['/graphiql/page.css', { type: style, body: await asset('page.css') }],
    ['/graphiql/icon.svg', { type: 'image/svg+xml', body: await asset('icon.svg') }],
    ['/graphiql/graphiql.js', { type: script, body: Buffer.from(js) }],
    ['/graphiql/graphiql.css', { type: style, body: Buffer.from(css) }],
    ['/graphiql/editorWorkerService.worker.js', { type: script, body: Buffer.from(editorWorkerService) }],
    ['/graphiql/graphql.worker.js', { type: script, body: Buffer.from(graphqlWorker) }],
    ['/graphiql/json.worker.js', { type: script, body: Buffer.from(jsonWorker) }],
  ])
  return {
    serve(path, response) {
      const file = files.get(path)
      if (!file) return false
      response.writeHead(200, {
        'content-type': file.type,
        'content-length': file.body.length,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
        ...file.headers,
      })
      response.end(file.body)
      return true
    },
  }
}

/** Without the comment that names the source map: the browser would ask for it, and it is not served. */
const withoutSourceMap = (code: string): string => code.replace(/^\/\/# sourceMappingURL=.*$/m, '')

/** Scripts only from this server. Styles also inline: the editor writes its own. Calls only to the graph and the test e-ID. */
function pageHeaders(loginUrl: string | undefined): Record<string, string> {
  const calls = ["'self'", 'ws:', 'wss:', ...(loginUrl ? [new URL(loginUrl).origin] : [])].join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "worker-src 'self' blob:",
      `connect-src ${calls}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
  }
}
