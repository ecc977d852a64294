import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { GraphError } from '@vardgraf/errors'
import { isUuid } from './ids.js'

/** Encrypts the content of cursors, and recognizes what it has encrypted. */
export interface CursorCodec {
  /** The same text for the same purpose gives the same cursor. */
  seal(purpose: string, text: string): string
  /** The text, or null for what was not sealed for this purpose by one of the keys. */
  open(purpose: string, cursor: string): string | null
}

const MAC_BYTES = 16

/**
 * Deterministic authenticated encryption with a synthetic IV (the SIV construction, as in RFC 5297, of HMAC-SHA-256 and AES-256-CTR): the
 * IV is the MAC of purpose and text, so that a client can neither read nor make a cursor, nor use it elsewhere, and replicas with the same keys make the same.
 * The first key seals; every key opens.
 */
export function cursorCodec(keys: readonly Uint8Array[]): CursorCodec {
  const [first, ...others] = keys.map(sealWith)
  if (!first) throw new RangeError('cursors need a key')
  return {
    seal: first.seal,
    open: (purpose, cursor) => {
      const sealed = Buffer.from(cursor, 'base64url')
      for (const key of [first, ...others]) {
        const text = key.open(purpose, sealed)
        if (text !== null) return text
      }
      return null
    },
  }
}

function sealWith(key: Uint8Array) {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `vardgraf cursor ${use}`, 32))
  const [macKey, textKey] = [derived('mac'), derived('text')]
  const macOf = (purpose: string, text: string): Buffer =>
    createHmac('sha256', macKey).update(`${purpose}\0${text}`).digest().subarray(0, MAC_BYTES)
  return {
    seal: (purpose: string, text: string): string => {
      const mac = macOf(purpose, text)
      const cipher = createCipheriv('aes-256-ctr', textKey, mac)
      return Buffer.concat([mac, cipher.update(text, 'utf8'), cipher.final()]).toString('base64url')
    },
    open: (purpose: string, sealed: Buffer): string | null => {
      if (sealed.length <= MAC_BYTES) return null
      const mac = sealed.subarray(0, MAC_BYTES)
      const decipher = createDecipheriv('aes-256-ctr', textKey, mac)
      const text = Buffer.concat([decipher.update(sealed.subarray(MAC_BYTES)), decipher.final()]).toString()
      return timingSafeEqual(mac, macOf(purpose, text)) ? text : null
    },
  }
}

/** One part of a cursor's place: how it is written and read back; undefined for invalid content. */
interface Part<T> {
  write(value: T): string | number
  read(written: unknown): T | undefined
}

export const instant: Part<Date> = {
  write: (value) => value.getTime(),
  read: (written) => {
    const value = new Date(typeof written === 'number' ? written : Number.NaN)
    return Number.isNaN(value.getTime()) ? undefined : value
  },
}
export const uuid: Part<string> = {
  write: (value) => value,
  read: (written) => (typeof written === 'string' && isUuid(written) ? written : undefined),
}
export const integer: Part<number> = {
  write: (value) => value,
  read: (written) => (Number.isSafeInteger(written) ? (written as number) : undefined),
}
export const text: Part<string> = {
  write: (value) => value,
  read: (written) => (typeof written === 'string' ? written : undefined),
}

type WithCursors = { cursors: CursorCodec }

/** Cursors of one kind of list. `owner` is whose list it is, '' where there is only one: a cursor of another list is refused. */
export interface ListCursor<P extends unknown[]> {
  at(ctx: WithCursors, owner: string, ...place: P): string
  /** The place that a client's cursor stands for; null without a cursor.
   *  @throws GraphError BAD_USER_INPUT for what is no cursor of this list. */
  behind(ctx: WithCursors, owner: string, after: string | null | undefined): P | null
}

/** Cursors that hold what a list is sorted by, so that a page stays in place when items come and go. */
export function cursorOf<P extends unknown[]>(list: string, ...parts: { [I in keyof P]: Part<P[I]> }): ListCursor<P> {
  const purpose = (owner: string): string => `${list} ${owner}`
  return {
    at: ({ cursors }, owner, ...place) =>
      cursors.seal(purpose(owner), JSON.stringify(parts.map((part, index) => part.write(place[index])))),
    behind: ({ cursors }, owner, after) => {
      if (after === null || after === undefined) return null
      const opened = cursors.open(purpose(owner), after)
      const written: unknown = opened === null ? null : JSON.parse(opened)
      const place = Array.isArray(written) && written.length === parts.length ? parts.map((part, i) => part.read(written[i])) : []
      if (place.length === 0 || place.includes(undefined))
        throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor of this list' })
      return place as P
    },
  }
}
