import { ageAt, localDate } from '@vardgraf/time'
import type { Profession, UnitKind, VisitChannel, VisitTypeCode } from './codes.js'
import { type FeeRow, type FreeAges, isInForce } from './fee-table.js'
import type { Policy } from './pack.js'

/** What the fee of a visit depends on. `at` is when the visit is held; the fee table of that date is used. */
export interface FeeFacts {
  profession: Profession
  channel: VisitChannel
  visitType: VisitTypeCode
  /** The kind of unit, if it is known. Some kinds are free of charge. */
  unitKind?: UnitKind
  /** `YYYY-MM-DD` */
  birthDate: string
  at: Date
}

/** FREE_BY_AGE: free because of the patient's age. FREE_VISIT: this kind of visit is free. ORDINARY: the amount of the fee table. */
export const feeReasons = ['ORDINARY', 'FREE_VISIT', 'FREE_BY_AGE'] as const
export type FeeReason = (typeof feeReasons)[number]

export interface Fee {
  amountOre: number
  reason: FeeReason
  /** The row of the pack that decided. */
  row: FeeRow | FreeAges
}

/**
 * The patient's fee for a visit, in whole öre; a digital visit costs what a physical one does. [R16]
 * @throws RangeError when the fee table has no row for the date.
 */
export function fee(pack: Policy, facts: FeeFacts): Fee {
  const date = localDate(facts.at)
  const age = ageAt(facts.birthDate, facts.at)
  const free = pack.fees.free.find((row) => isInForce(row, date) && age >= (row.fromAge ?? 0) && age <= (row.upToAge ?? Infinity))
  if (free) return { amountOre: 0, reason: 'FREE_BY_AGE', row: free }
  const row = tableRow(pack, facts)
  return { amountOre: row.amountOre, reason: row.amountOre === 0 ? 'FREE_VISIT' : 'ORDINARY', row }
}

/**
 * The fee for a visit that was missed or cancelled too late, in whole öre: the amount of the fee table plus the region's surcharge. It is
 * charged even if age, a free card (frikort) or the kind of visit would have made the visit free. [R19]
 * @throws RangeError when the fee table has no row for the date.
 */
export function missedVisitFee(pack: Policy, facts: FeeFacts): { amountOre: number; row: FeeRow } {
  const row = tableRow(pack, facts, (r) => r.amountOre > 0)
  return { amountOre: row.amountOre + pack.cancellation.surchargeOre.value, row }
}

/** The fee of a chat in whole öre, also if it became a call. Zero in both packs that ship. [R37] */
export function chatFee(pack: Policy): { amountOre: number; source: string } {
  return { amountOre: pack.fees.chatOre.value, source: pack.fees.chatOre.source }
}

function tableRow(
  pack: Policy,
  { profession, channel, visitType, unitKind, at }: FeeFacts,
  wanted: (row: FeeRow) => boolean = () => true,
): FeeRow {
  const date = localDate(at)
  const row = pack.fees.rows.find(
    (r) =>
      wanted(r) &&
      isInForce(r, date) &&
      (r.professions?.includes(profession) ?? true) &&
      (r.visitTypes?.includes(visitType) ?? true) &&
      (r.channels?.includes(channel) ?? true) &&
      (r.unitKinds ? unitKind !== undefined && r.unitKinds.includes(unitKind) : true),
  )
  if (!row) throw new RangeError(`the fee table of ${pack.region} has no row for ${profession} on ${date}`)
  return row
}
