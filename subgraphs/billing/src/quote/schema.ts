import { Access, allow } from '@vardgraf/access'
import type { Profession as ProfessionCode } from '@vardgraf/policy'
import { DateScalar } from '@vardgraf/service'
import { Field, Int, ObjectType } from 'type-graphql'
import { Currency, FeeReason, Profession } from './enums.js'
import type { Quote, QuoteReason } from './rules.js'

@Access(allow)
@ObjectType({
  description: 'What the patient pays, and why: by the region’s policy on the day, high-cost protection not counted. [R16, R37]',
})
export class FeeQuote implements Quote {
  @Field(() => Int, { description: 'What it costs, in whole öre; 0 where it is free of charge.' })
  amountOre!: number

  @Field(() => Int, {
    nullable: true,
    description:
      'What it costs in whole öre if it is missed or cancelled too late, also where it is free of charge; null for a chat. [R19]',
  })
  missedAmountOre!: number | null

  @Field(() => Currency, { description: 'Currency of the amounts.' })
  currency!: 'SEK'

  @Field(() => FeeReason, { description: 'Why it costs that.' })
  reason!: QuoteReason

  @Field(() => String, { description: 'The reason for people, in the language of the request.' })
  explanation!: string

  @Field(() => Profession, { nullable: true, description: 'Profession of who receives the patient; null for a chat.' })
  profession!: ProfessionCode | null

  @Field(() => String, { description: 'Key of the region whose fee table it is, such as `vastmanland`.' })
  region!: string

  @Field(() => String, { description: 'Which row of the region’s fee table decided.' })
  feeTable!: string

  @Field(() => DateScalar, { description: 'The first day on which the row is in force.' })
  validFrom!: string

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which the row is in force; null until further notice.',
  })
  validTo!: string | null

  @Field(() => String, { description: 'Where the figure comes from; starts with `unknown` where nobody has confirmed it.' })
  source!: string
}
