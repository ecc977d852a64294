import { isStorable } from '@vardgraf/process'

/** Opaque global id of an entity: base64url of `Type:key`. */
export function globalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url')
}

/** Type and key of a global id, or null where it is not one. */
export function parseGlobalId(id: string): { type: string; key: string } | null {
  const text = Buffer.from(id, 'base64url').toString()
  const colon = text.indexOf(':')
  if (colon < 1 || globalId(text.slice(0, colon), text.slice(colon + 1)) !== id || !isStorable(text)) return null
  return { type: text.slice(0, colon), key: text.slice(colon + 1) }
}

/** A UUID as PostgreSQL writes it: in lower case, with its four hyphens in their places. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)

/** The key behind a global id of one type, or null for the id of another type or an invalid one: callers answer as for what does not exist. */
export function localKey(id: string, type: string): string | null {
  const parsed = parseGlobalId(id)
  return parsed?.type === type ? parsed.key : null
}

/** The uuid behind a global id of one type, or null. */
export function localId(id: string, type: string): string | null {
  const key = localKey(id, type)
  return key && isUuid(key) ? key : null
}
