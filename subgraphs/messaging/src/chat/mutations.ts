import { Access, isAuthenticated, isStaff } from '@vardgraf/access'
import type { ErrorCode } from '@vardgraf/errors'
import { GraphError } from '@vardgraf/errors'
import { type Refusal, refusalFields, refuse, requireKey } from '@vardgraf/service'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { cases } from '../cases/access.js'

import { remember } from '../cases/loaders.js'
import { inLockedCase } from '../cases/locked.js'
import { toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow, ChatMessage as ChatMessageRow } from '../generated/prisma/client.js'
import { AnswerCaseInput, AnswerCasePayload, NoOngoingCase, SendMessageInput, SendMessagePayload } from './payloads.js'
import { isSendable, MAX_MESSAGE_CHARACTERS, whyNotAnswer, whyNotSend } from './rules.js'
import { toChatMessage } from './schema.js'
import { answerCase, type NewMessage, sendMessage, sentWith } from './store.js'

@Resolver()
export class ChatMutations {
  @Access(isAuthenticated)
  @Mutation(() => SendMessagePayload, { description: 'Writes in the chat of an ongoing case, once the care has answered.' })
  sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'The message.' }) input: SendMessageInput,
    @Ctx() ctx: Context,
  ): Promise<SendMessagePayload> {
    return write(ctx, input, whyNotSend, sendMessage)
  }

  @Access(isStaff)
  @Mutation(() => AnswerCasePayload, {
    description: 'Staff answer the case that they have claimed. The patient gets one SMS, and the chat opens.',
  })
  answerCase(
    @Arg('input', () => AnswerCaseInput, { description: 'The answer.' }) input: AnswerCaseInput,
    @Ctx() ctx: Context,
  ): Promise<AnswerCasePayload> {
    return write(ctx, input, whyNotAnswer, answerCase)
  }
}

type Written = SendMessagePayload & AnswerCasePayload

/** Writes one message in a case unless a rule says why not; a retry gets the message of the first time, whatever has changed since. [R13, R33] */
async function write(
  ctx: Context,
  input: NewMessage & { caseId: string },
  whyNot: (row: CareCaseRow, authorId: string) => ErrorCode | null,
  save: typeof sendMessage,
): Promise<Written> {
  const message = requireMessage(input)
  const { id } = await cases.require(ctx, input.caseId)
  return inLockedCase(ctx, id, async (change, row, author) => {
    const sent = await sentWith(change, id, author, message.idempotencyKey)
    if (sent) return again(ctx, row, sent, message)
    const reason = whyNot(row, author.id)
    if (reason) return refused(ctx, row, reason)
    const saved = await save(change, row, author, message)
    return { ...shown(ctx, saved.row), message: toChatMessage(saved.message), refusal: null }
  })
}

/** What was sent with this key before; refused where that was another text, which would otherwise be lost in silence. */
const again = (ctx: Context, row: CareCaseRow, sent: ChatMessageRow, { text }: NewMessage): Written =>
  sent.text === text
    ? { ...shown(ctx, row), message: toChatMessage(sent), refusal: null }
    : refused(ctx, row, 'IDEMPOTENCY_KEY_REUSED')

const refused = (ctx: Context, row: CareCaseRow, reason: ErrorCode): Written => ({
  ...shown(ctx, row),
  message: null,
  refusal: reason === 'NO_ONGOING_CASE' ? noOngoingCase(ctx, row) : refuse(ctx, reason),
})

const shown = (ctx: Context, row: CareCaseRow): Pick<Written, 'careCase'> => ({ careCase: toCareCase(remember(ctx, row)) })

/** The refusal with the way to 1177, where the patient can write to the clinic of her choice. [R13] */
function noOngoingCase(ctx: Context, { region }: CareCaseRow): Refusal {
  const redirectUrl = ctx.policies.policyFor(region, ctx.now()).redirect.url.value
  return Object.assign(new NoOngoingCase(), refusalFields(ctx, 'NO_ONGOING_CASE'), { redirectUrl })
}

/** @throws GraphError BAD_USER_INPUT for a text that cannot be sent. */
function requireMessage({ text, idempotencyKey }: NewMessage): NewMessage {
  if (!isSendable(text))
    throw new GraphError('BAD_USER_INPUT', {
      argument: 'text',
      expected: `1 to ${MAX_MESSAGE_CHARACTERS} characters, something visible, well-formed and without NUL`,
    })
  return { text, idempotencyKey: requireKey(idempotencyKey) }
}
