import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '@vardgraf/process'
import { toRfc3339 } from '@vardgraf/time'
import { readForm, sendJson } from '../http.js'
import { e164, type Inbox } from './inbox.js'

/** The path of 46elks' API: to use the real operator, only the base address changes. */
export const operatorPath = '/sms-operator/a1/sms'

/** Answers as the SMS operator 46elks does, and keeps the message in the inbox instead of sending it. */
export function smsOperator(inbox: Inbox, clock: Clock, credentials: { user: string; password: string }) {
  const expected = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'POST only' })
    if (request.headers.authorization !== expected)
      return sendText(response, 401, 'API access requires Basic HTTP authentication')
    const form = await readForm(request)
    const [from, to, message] = ['from', 'to', 'message'].map((name) => form.get(name) ?? '')
    if (!from) return sendText(response, 403, 'Missing key from')
    if (!message) return sendText(response, 403, 'Missing key message')
    const number = e164(to ?? '')
    if (!number) return sendText(response, 403, 'Invalid to number')
    const sms = await inbox.receive({ number, sender: from, message, sentAt: clock.now() })
    sendJson(response, 200, {
      id: `s${randomUUID().replaceAll('-', '')}`,
      status: 'created',
      direction: 'outgoing',
      from,
      to: number,
      message,
      parts: Math.ceil(message.length / 160),
      created: toRfc3339(sms.sentAt),
    })
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}
