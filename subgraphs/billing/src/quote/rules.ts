import {
  chatFee,
  type FeeReason,
  type FeeRow,
  type FreeAges,
  fee,
  feeReasons,
  missedVisitFee,
  type Policy,
  type Profession,
} from '@vardgraf/policy/rules'
import type { VisitFacts } from './visit-facts.js'

export const quoteReasons = [...feeReasons, 'FREE_CHAT'] as const
export type QuoteReason = (typeof quoteReasons)[number]

/** What something costs, and why; amounts in whole öre. */
export interface Quote {
  amountOre: number
  missedAmountOre: number | null
  currency: 'SEK'
  reason: QuoteReason
  explanation: string
  profession: Profession | null
  region: string
  feeTable: string
  validFrom: string
  validTo: string | null
  source: string
}

type Language = 'sv' | 'en'

const texts = {
  ORDINARY: 'FEE_ORDINARY',
  FREE_VISIT: 'FEE_FREE_VISIT',
  FREE_BY_AGE: 'FEE_FREE_BY_AGE',
} as const satisfies Record<FeeReason, string>

/**
 * The fee of a visit by the policy at its date, the same digital or not. [R16]
 * @throws RangeError when the fee table has no row for the date.
 */
export function visitQuote(pack: Policy, visit: VisitFacts, language: Language): Quote {
  const { amountOre, reason, row } = fee(pack, visit)
  return {
    ...rowOf(row),
    amountOre,
    missedAmountOre: missedVisitFee(pack, visit).amountOre,
    currency: 'SEK',
    reason,
    explanation: pack.texts[texts[reason]][language],
    profession: visit.profession,
    region: pack.region,
  }
}

/** A chat costs nothing: zero, with the reason and where it is said. [R37] */
export function chatQuote(pack: Policy, language: Language): Quote {
  const { amountOre, source } = chatFee(pack)
  return {
    amountOre,
    missedAmountOre: null,
    currency: 'SEK',
    reason: 'FREE_CHAT',
    explanation: pack.texts.CHAT_IS_FREE[language],
    profession: null,
    region: pack.region,
    feeTable: 'chat',
    validFrom: pack.validFrom,
    validTo: null,
    source,
  }
}

const rowOf = ({ id, validFrom, validTo, source }: FeeRow | FreeAges) => ({
  feeTable: id,
  validFrom,
  validTo: validTo ?? null,
  source,
})
