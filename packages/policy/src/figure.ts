import { z } from 'zod'

/** Where a figure comes from: published by the region, law or public guidance, decided for the platform, or not known yet. */
export const source = z
  .string()
  .regex(
    /^\[(S|L|D)\] \S|^unknown, not confirmed/,
    'a source starts with [S] (stated), [L] (law or public guidance) or [D] (decided), or is "unknown, not confirmed"',
  )

const kinds: Record<string, string> = { S: 'Published', L: 'Law or public guidance', D: 'Decided for this service' }

/** A source in words instead of the pack's marks: people see the sources of fees and ages. */
export const sourceInWords = (text: string): string =>
  text.replace(/^\[([SLD])\]/, (_, kind: string) => `${kinds[kind]}:`).replace(/ ?\[[SLD](, [^\]]*)?\]/g, '')

/** A value and its source. */
export const figure = <T extends z.ZodType>(value: T) => z.strictObject({ value, source })
export type Figure<T> = { value: T; source: string }

export const date = z.iso.date()
export const ore = z.int().min(0).max(10_000_000)
export const years = z.int().min(0).max(150)
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM')
