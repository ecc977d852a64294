import { Access, allow } from '@vardgraf/access'
import { type ErrorCode as Code, codes, entryOf } from '@vardgraf/errors'
import { Field, Int, ObjectType } from 'type-graphql'

@Access(allow)
@ObjectType({ description: 'A text for people in both languages.' })
export class LocalizedText {
  @Field(() => String, { description: 'Swedish.' })
  sv!: string

  @Field(() => String, { description: 'English.' })
  en!: string
}

@Access(allow)
@ObjectType({ description: 'A code that an error or a refusal can carry, and what it means.' })
export class ErrorCode {
  @Field(() => String, { description: 'Stable: it never changes meaning, nor with the language.' })
  code!: string

  @Field(() => String, { nullable: true, description: 'Id of the rule behind it, such as `R13`.' })
  rule!: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status when a whole request fails with it; inside an answer it travels with 200.',
  })
  httpStatus!: number | null

  @Field(() => Boolean, {
    description: 'The same request can succeed when it is sent again, after `extensions.retryAfterMs` milliseconds.',
  })
  retryable!: boolean

  @Field(() => LocalizedText, { description: 'What it means, for people. May be reworded.' })
  message!: LocalizedText

  @Field(() => LocalizedText, { nullable: true, description: 'What would unlock it, for people; null where nothing would.' })
  unlock!: LocalizedText | null
}

/** Every code, in alphabetical order. */
export function allErrorCodes(): ErrorCode[] {
  return (Object.keys(codes) as Code[]).sort().map(toErrorCode)
}

function toErrorCode(code: Code): ErrorCode {
  const { rule, http, retryable = false, sv, en, unlock } = entryOf(code)
  return { code, rule: rule ?? null, httpStatus: http ?? null, retryable, message: { sv, en }, unlock: unlock ?? null }
}
