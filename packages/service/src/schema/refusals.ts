import 'reflect-metadata'
import { Access, allow } from '@vardgraf/access'
import { type ErrorCode, entryOf, textOf } from '@vardgraf/errors'
import { Directive, Field, InterfaceType, ObjectType } from 'type-graphql'
import type { RequestContext } from '../serve/context.js'

/** An expected no: data in the payload, not an error. [A7] */
@InterfaceType({ description: 'An expected no: why, by which rule, and what would unlock it.' })
export abstract class Refusal {
  @Field(() => String, { description: 'Stable code; see `Query.errorCodes`.' })
  code!: string

  @Field(() => String, { nullable: true, description: 'Id of the rule behind it, such as `R13`.' })
  rule!: string | null

  @Field(() => String, { description: 'For people, in the language of the request.' })
  message!: string

  @Field(() => String, { nullable: true, description: 'What would unlock it, for people; null where nothing would.' })
  unlock!: string | null
}

@Access(allow)
@Directive('@shareable')
@ObjectType({ implements: Refusal, description: 'A refusal that needs no more than its code and texts.' })
export class GeneralRefusal extends Refusal {}

/** Fills the fields that every refusal has, from the table of codes. */
export function refuse(ctx: Pick<RequestContext, 'language'>, code: ErrorCode): GeneralRefusal {
  return Object.assign(new GeneralRefusal(), refusalFields(ctx, code))
}

export function refusalFields(ctx: Pick<RequestContext, 'language'>, code: ErrorCode): Refusal {
  const { rule, unlock } = entryOf(code)
  return { code, rule: rule ?? null, message: textOf(code, ctx.language), unlock: unlock?.[ctx.language] ?? null }
}
