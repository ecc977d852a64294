import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { e164 } from './rules.js'
import { operatorSender } from './sms.js'

interface Received {
  method: string | undefined
  url: string | undefined
  authorization: string | undefined
  contentType: string | undefined
  form: Record<string, string>
}

const sms = { to: '+46701740605', text: 'Du har fått ett svar. Å, ä & ö = 100 %' }
const open: { close(): void | Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function operator(answer: (request: Received) => { status: number; body?: string } | 'HANG' | 'RESET', path = '') {
  const received: Received[] = []
  const server: Server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const got = {
      method: request.method,
      url: request.url,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    }
    received.push(got)
    const answered = answer(got)
    if (answered === 'HANG') return
    if (answered === 'RESET') return void request.socket.destroy()
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answered.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const sender = operatorSender({ url, user: 'u1', password: 'p1', sender: 'Vardgraf', timeoutMs: 400 })
  open.push({ close: () => void server.closeAllConnections() }, { close: () => void server.close() }, sender)
  return { sender, received, url }
}

describe('the operator’s HTTP', () => {
  it('[R34] sends sender, number and text as a form with basic authentication, and keeps the operator’s id', async () => {
    const { sender, received } = await operator(() => ({ status: 200, body: '{"id":"s1234","status":"created"}' }))
    expect(await sender.send(sms)).toEqual({ kind: 'SENT', providerId: 's1234' })
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/a1/sms',
        authorization: `Basic ${Buffer.from('u1:p1').toString('base64')}`,
        contentType: 'application/x-www-form-urlencoded',
        form: { from: 'Vardgraf', to: sms.to, message: sms.text, dontlog: 'message' },
      },
    ])
  })

  it('speaks to a stand-in below a path in the same way', async () => {
    const { sender, received } = await operator(() => ({ status: 200, body: '{}' }), '/sms-operator')
    expect(await sender.send(sms)).toEqual({ kind: 'SENT', providerId: null })
    expect(received[0]?.url).toBe('/sms-operator/a1/sms')
  })

  it.each([
    [400, 'REFUSED'],
    [401, 'REFUSED'],
    [403, 'REFUSED'],
    [429, 'RETRY'],
    [503, 'RETRY'],
    // It may have been sent before it broke, or behind a proxy that gave up waiting.
    [500, 'UNCERTAIN'],
    [502, 'UNCERTAIN'],
    [504, 'UNCERTAIN'],
  ])('[R34] an answer of %i is %s, by code alone', async (status, kind) => {
    const { sender } = await operator(({ form }) => ({ status, body: `cannot send ${form.message} to ${form.to}` }))
    expect(await sender.send(sms)).toEqual({ kind, reason: `HTTP_${status}` })
  })

  it('[R34] a timeout or a broken connection may have been sent: it is uncertain, and not tried again', async () => {
    expect(await (await operator(() => 'HANG')).sender.send(sms)).toMatchObject({ kind: 'UNCERTAIN' })
    expect(await (await operator(() => 'RESET')).sender.send(sms)).toMatchObject({ kind: 'UNCERTAIN' })
  })

  it('an operator that cannot be reached has nothing: it is tried again', async () => {
    const sender = operatorSender({ url: 'http://127.0.0.1:1', user: 'u', password: 'p', sender: 'Vardgraf', timeoutMs: 400 })
    open.push(sender)
    const result = await sender.send(sms)
    expect(result).toEqual({ kind: 'RETRY', reason: 'ECONNREFUSED' })
    expect(JSON.stringify(result)).not.toContain(sms.to)
  })
})

it.each([
  ['070-1740605', '+46701740605'],
  ['+46 70 174 06 05', '+46701740605'],
  ['0046701740605', '+46701740605'],
  ['070', null],
  ['', null],
])('writes %s as %s', (phone, expected) => {
  expect(e164(phone)).toBe(expected)
})
