import { GraphError } from '@vardgraf/errors'
import { type Connection, ConnectionArgs, type Edge, globalId, pageSize, toConnection } from '@vardgraf/relay'
import { type Refusal, refusalFields, refuse, requireKey } from '@vardgraf/service'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql'
import { requireCase, requireLogin } from '../cases/access.js'
import { inLockedCase } from '../cases/locked.js'
import { CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { Patient, Staff } from '../neighbours.js'
import { cursorAt, seqBehind } from './cursors.js'
import { AnswerCaseInput, AnswerCasePayload, NoOngoingCase, SendMessageInput, SendMessagePayload } from './payloads.js'
import { isSendable, MAX_MESSAGE_CHARACTERS, whyNotAnswer, whyNotSend } from './rules.js'
import { ChatAuthor, ChatMessage, ChatMessageConnection, ChatMessageEdge, toChatMessage } from './schema.js'
import { answerCase, sendMessage, sentWith } from './store.js'
import { messageStream } from './stream.js'

@Resolver(() => ChatMessage)
export class ChatMessageResolver {
  @FieldResolver(() => ChatAuthor, {
    nullable: true,
    description:
      'Who wrote it; null where the viewer may not know: a guardian is named to herself alone, to others by `authorKind`.',
  })
  author(@Root() { row }: ChatMessage, @Ctx() ctx: Context): Staff | Patient | null {
    if (row.authorKind === 'STAFF') return Object.assign(new Staff(), { id: globalId('Staff', row.authorId) })
    // Whoever reads the child's chat has no business with her guardian's record: to ask for it would stand in the guardian's access
    // log as an attempt to see what was none of the reader's concern. [A3]
    if (row.authorKind === 'GUARDIAN' && !isViewer(ctx, row.authorId)) return null
    return Object.assign(new Patient(), { id: globalId('Patient', row.authorId) })
  }

  @FieldResolver(() => Boolean, { description: 'The viewer wrote it.' })
  sentByMe(@Root() { row }: ChatMessage, @Ctx() ctx: Context): boolean {
    return isViewer(ctx, row.authorId)
  }

  @FieldResolver(() => CareCase, { nullable: true, description: 'The case in whose chat it is.' })
  async careCase(@Root() { row }: ChatMessage, @Ctx() ctx: Context): Promise<CareCase | null> {
    const careCase = await ctx.loaders.caseById.load(row.caseId)
    return careCase && toCareCase(careCase)
  }

  @Mutation(() => SendMessagePayload, { description: 'Writes in the chat of an ongoing case, once the care has answered.' })
  async sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'The message.' }) input: SendMessageInput,
    @Ctx() ctx: Context,
  ): Promise<SendMessagePayload> {
    const message = requireMessage(input)
    const { id } = await requireCase(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      const sent = await sentWith(change, id, actor, message.idempotencyKey)
      if (sent) return { ...again(ctx, sent, message.text), ...shown(ctx, row) }
      const reason = whyNotSend(row)
      if (reason)
        return {
          message: null,
          ...shown(ctx, row),
          refusal: reason === 'NO_ONGOING_CASE' ? noOngoingCase(ctx, row) : refuse(ctx, reason),
        }
      const saved = await sendMessage(change, row, actor, message)
      return { message: toChatMessage(saved.message), ...shown(ctx, saved.row), refusal: null }
    })
  }

  @Mutation(() => AnswerCasePayload, {
    description: 'Staff answer the case that they have claimed. The patient gets one SMS, and the chat opens.',
  })
  async answerCase(
    @Arg('input', () => AnswerCaseInput, { description: 'The answer.' }) input: AnswerCaseInput,
    @Ctx() ctx: Context,
  ): Promise<AnswerCasePayload> {
    const message = requireMessage(input)
    const { id } = await requireCase(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      const sent = await sentWith(change, id, actor, message.idempotencyKey)
      if (sent) return { ...again(ctx, sent, message.text), ...shown(ctx, row) }
      const reason = whyNotAnswer(row, actor.id)
      if (reason)
        return {
          message: null,
          ...shown(ctx, row),
          refusal: reason === 'NO_ONGOING_CASE' ? noOngoingCase(ctx, row) : refuse(ctx, reason),
        }
      const saved = await answerCase(change, row, actor, message)
      return { message: toChatMessage(saved.message), ...shown(ctx, saved.row), refusal: null }
    })
  }

  @Subscription(() => ChatMessageEdge, {
    description:
      'The messages of a case behind a cursor, in order and each once, and then those to come. Without `after` it begins with the first. It completes when the case has ended; who loses the connection goes on with the last cursor.',
    subscribe: async ({ args, context }: { args: Record<string, string | undefined>; context: unknown }) => {
      const ctx = context as Context
      requireLogin(ctx)
      const { id } = await requireCase(ctx, args.caseId ?? '')
      return messageStream(ctx, id, seqBehind(ctx, id, args.after))
    },
  })
  chatMessages(
    @Root() edge: Edge<ChatMessage>,
    @Arg('caseId', () => ID, { description: 'Global id of the case.' }) _caseId: string,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last message that was received.' }) _after?: string,
  ): Edge<ChatMessage> {
    return edge
  }
}

@Resolver(() => CareCase)
export class CareCaseMessagesResolver {
  @FieldResolver(() => ChatMessageConnection, {
    description: 'What was said in the chat, in order. It stays readable when the case has ended.',
  })
  async messages(
    @Root() { row }: CareCase,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<ChatMessage>> {
    const messages = await ctx.loaders.messagesOfCase.load({
      caseId: row.id,
      afterSeq: seqBehind(ctx, row.id, args.after),
      limit: pageSize(args) + 1,
    })
    return toConnection(messages, args, (message) => cursorAt(ctx, message), toChatMessage)
  }
}

const isViewer = ({ viewer }: Context, authorId: string): boolean =>
  authorId === (viewer.kind === 'STAFF' ? viewer.staffId : viewer.kind === 'PATIENT' ? viewer.personId : null)

/** What was sent with this key before; refused where that was another text, which would else be lost without a word. */
function again(ctx: Context, sent: ChatMessage['row'], text: string): { message: ChatMessage | null; refusal: Refusal | null } {
  return sent.text === text
    ? { message: toChatMessage(sent), refusal: null }
    : { message: null, refusal: refuse(ctx, 'IDEMPOTENCY_KEY_REUSED') }
}

function shown(ctx: Context, row: CareCaseRow): { careCase: CareCase } {
  return { careCase: toCareCase(ctx.loaders.remember(row)) }
}

/** The refusal with the way to 1177, where the patient can write to the clinic of her choice. [R13] */
function noOngoingCase(ctx: Context, { region }: CareCaseRow): Refusal {
  const redirectUrl = ctx.policies.policyFor(region, ctx.now()).redirect.url.value
  return Object.assign(new NoOngoingCase(), refusalFields(ctx, 'NO_ONGOING_CASE'), { redirectUrl })
}

/** @throws GraphError BAD_USER_INPUT for a text that cannot be sent. */
function requireMessage({ text, idempotencyKey }: { text: string; idempotencyKey: string }): {
  text: string
  idempotencyKey: string
} {
  if (!isSendable(text))
    throw new GraphError('BAD_USER_INPUT', {
      argument: 'text',
      expected: `1 to ${MAX_MESSAGE_CHARACTERS} characters, something visible, well-formed and without NUL`,
    })
  return { text, idempotencyKey: requireKey(idempotencyKey) }
}
