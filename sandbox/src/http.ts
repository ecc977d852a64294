import { request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'

const maxFormBytes = 64 * 1024

/** A form-encoded body.
 *  @throws RangeError when it is too large. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxFormBytes) throw new RangeError('the form is too large')
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

/** Passes a request on to another server on this machine. */
export function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const onwards = httpRequest(
    { port, host: '127.0.0.1', path: request.url, method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  onwards.on('error', () => (response.headersSent ? response.destroy() : sendJson(response, 502, { error: 'bad gateway' })))
  response.on('close', () => onwards.destroy())
  request.pipe(onwards)
}

/** Passes WebSockets of one path on to another server on this machine. */
export function forwardSockets(server: Server, path: string, port: number): void {
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== path) return
    const onwards = connect(port, '127.0.0.1', () => {
      const headers = request.rawHeaders.reduce((text, value, index) => text + value + (index % 2 === 0 ? ': ' : '\r\n'), '')
      onwards.write(`GET ${path} HTTP/1.1\r\n${headers}\r\n`)
      onwards.write(head)
      socket.pipe(onwards).pipe(socket)
    })
    socket.on('error', () => onwards.destroy())
    socket.on('close', () => onwards.destroy())
    onwards.on('error', () => socket.destroy())
    onwards.on('close', () => socket.destroy())
  })
}
