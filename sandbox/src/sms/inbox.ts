import type { Hints } from '@vardgraf/events'
import type pg from 'pg'

/** What would have been sent to a number. */
export type Sms = { position: string; number: string; sender: string; message: string; sentAt: Date }

// The driver gives a bigint as text already. With a cast here, ORDER BY position would sort the text: 9 after 10.
const columns = 'position, number, sender, message, sent_at AS "sentAt"'

/** Everything that the replacement of the SMS operator received, oldest first. */
export class Inbox {
  constructor(
    private readonly database: pg.Pool,
    private readonly hints: Pick<Hints, 'publish'>,
  ) {}

  static topic = (number: string): string => `sandbox.sms.${number}`

  async receive(sms: Omit<Sms, 'position'>): Promise<Sms> {
    const { rows } = await this.database.query<Sms>(
      `INSERT INTO sandbox.sms (number, sender, message, sent_at) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
      [sms.number, sms.sender, sms.message, sms.sentAt],
    )
    this.hints.publish([Inbox.topic(sms.number)])
    if (!rows[0]) throw new Error('the SMS was not stored')
    return rows[0]
  }

  /** The SMS to a number after a position, in order. */
  async list(number: string, after: string, limit: number): Promise<Sms[]> {
    const { rows } = await this.database.query<Sms>(
      `SELECT ${columns} FROM sandbox.sms WHERE number = $1 AND position > $2 ORDER BY position LIMIT $3`,
      [number, after, limit],
    )
    return rows
  }

  /** Position of the newest SMS to a number; `0` when there is none. */
  async lastPosition(number: string): Promise<string> {
    const { rows } = await this.database.query<{ last: string }>(
      'SELECT coalesce(max(position), 0)::text AS last FROM sandbox.sms WHERE number = $1',
      [number],
    )
    return rows[0]?.last ?? '0'
  }
}

/** `+46701740605` however it was written: `070-174 06 05`, `0046701740605`. Null if it is not a phone number. */
export function e164(number: string): string | null {
  const digits = number.replaceAll(/[\s()-]/g, '')
  const international = digits.startsWith('00')
    ? `+${digits.slice(2)}`
    : digits.startsWith('0')
      ? `+46${digits.slice(1)}`
      : digits
  return /^\+[1-9]\d{6,14}$/.test(international) ? international : null
}
