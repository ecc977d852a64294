import { Pool } from 'undici'

/** One SMS. `to` is in E.164. */
export interface Sms {
  to: string
  text: string
}

/**
 * How sending went:
 * SENT: the operator has it. REFUSED: it will never take it (a wrong number, no credit). RETRY: it certainly does not have it.
 * UNCERTAIN: it may have it; sending again could tell the patient twice.
 */
export type SmsResult = { kind: 'SENT'; providerId: string | null } | { kind: 'REFUSED' | 'RETRY' | 'UNCERTAIN'; reason: string }

/** Sends SMS. Never throws; results never hold the number or the text. */
export interface SmsSender {
  send(sms: Sms): Promise<SmsResult>
  close(): Promise<void>
}

export interface OperatorOptions {
  url: string
  user: string
  password: string
  sender: string
  timeoutMs: number
}

/** Errors after which not a byte has reached the operator. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']
/** The operator says itself that it has not taken it. Any other 5xx can come from something that broke, or gave up waiting, after the SMS was taken. */
const notTaken = [429, 503]

/** The HTTP API of 46elks (https://46elks.se/docs): `POST /a1/sms`, form fields, basic authentication. */
export function operatorSender({ url, user, password, sender, timeoutMs }: OperatorOptions): SmsSender {
  const base = new URL(url)
  const pool = new Pool(base.origin, { connections: 4, connect: { timeout: timeoutMs } })
  const path = `${base.pathname.replace(/\/$/, '')}/a1/sms`
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return {
    send: async ({ to, text }) => {
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path,
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
          // The operator is asked to keep the text out of its own log.
          body: new URLSearchParams({ from: sender, to, message: text, dontlog: 'message' }).toString(),
          signal: AbortSignal.timeout(timeoutMs),
        })
        return resultOf(statusCode, await body.text())
      } catch (error) {
        const reason = codeOf(error)
        return { kind: neverSent.includes(reason) ? 'RETRY' : 'UNCERTAIN', reason }
      }
    },
    close: () => pool.close(),
  }
}

function resultOf(status: number, body: string): SmsResult {
  if (status >= 200 && status < 300) return { kind: 'SENT', providerId: idIn(body) }
  const reason = `HTTP_${status}`
  if (notTaken.includes(status)) return { kind: 'RETRY', reason }
  return { kind: status >= 500 ? 'UNCERTAIN' : 'REFUSED', reason }
}

function idIn(body: string): string | null {
  try {
    const { id } = JSON.parse(body) as { id?: unknown }
    return typeof id === 'string' ? id : null
  } catch {
    return null
  }
}

/** A code, never the message: that may hold the address. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.name === 'TimeoutError' ? 'TIMEOUT' : error.name
}
