import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { professions, unitKinds, visitChannels, visitTypes } from './codes.js'
import { date, figure, ore, source, years } from './figure.js'

const digitalOrPhysical = ['APP', 'WEB', 'PHYSICAL'] as const

const feeRow = z.strictObject({
  id: z.string().min(1),
  /** Absent: any. Rows are tried in order; the first that fits decides. */
  professions: z.array(z.enum(professions)).min(1).optional(),
  visitTypes: z.array(z.enum(visitTypes)).min(1).optional(),
  unitKinds: z.array(z.enum(unitKinds)).min(1).optional(),
  channels: z
    .array(z.enum(visitChannels))
    .refine(
      (channels) => digitalOrPhysical.every((c) => channels.includes(c)) || !digitalOrPhysical.some((c) => channels.includes(c)),
      'a digital visit costs what a physical one does: a row names APP, WEB and PHYSICAL together or not at all [R16]',
    )
    .optional(),
  amountOre: ore,
  validFrom: date,
  /** The last day, included. Absent: until further notice. */
  validTo: date.optional(),
  source,
})
export type FeeRow = z.infer<typeof feeRow>

const freeAges = z
  .strictObject({
    id: z.string().min(1),
    fromAge: years.optional(),
    /** Included: 19 is free until the 20th birthday. */
    upToAge: years.optional(),
    validFrom: date,
    validTo: date.optional(),
    source,
  })
  .refine((row) => row.fromAge !== undefined || row.upToAge !== undefined, 'free ages have a fromAge or an upToAge')
export type FreeAges = z.infer<typeof freeAges>

/** The conditions of a row as one text, to compare rows by. */
const conditionsOf = ({ professions, visitTypes, unitKinds, channels }: FeeRow): string =>
  JSON.stringify([professions, visitTypes, unitKinds, channels].map((codes) => codes?.toSorted() ?? null))
const everybody = '[null,null,null,null]'

export const isInForce = (row: { validFrom: string; validTo?: string | undefined }, day: string): boolean =>
  row.validFrom <= day && (row.validTo === undefined || day <= row.validTo)

const overlap = (a: FeeRow, b: FeeRow): boolean => isInForce(a, b.validFrom) || isInForce(b, a.validFrom)

export const feeTableShape = z.strictObject({
  free: z.array(freeAges),
  rows: z
    .array(feeRow)
    .min(1)
    .refine(
      (rows) => rows.every((a, i) => rows.slice(i + 1).every((b) => conditionsOf(a) !== conditionsOf(b) || !overlap(a, b))),
      {
        message: 'two rows with the same conditions are in force on the same day: give the older one a validTo',
      },
    )
    .refine(
      (rows) =>
        rows.findIndex((row) => conditionsOf(row) === everybody) >= rows.findLastIndex((row) => conditionsOf(row) !== everybody),
      {
        message: 'a row with conditions must come before the rows for everybody, or it would never be used',
      },
    ),
  /** The fee of a chat. */
  chatOre: figure(ore),
})

/** The first day, from `from` on, without a row for everybody; null if there is none. */
export function firstDayWithoutFee(rows: readonly FeeRow[], from: string): string | null {
  const forAll = rows.filter((row) => conditionsOf(row) === everybody)
  const ends = forAll.flatMap(({ validTo }) => (validTo ? [Temporal.PlainDate.from(validTo).add({ days: 1 }).toString()] : []))
  return [from, ...ends.filter((day) => day > from).sort()].find((day) => !forAll.some((row) => isInForce(row, day))) ?? null
}
