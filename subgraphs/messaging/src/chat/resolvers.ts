import { Access, isAuthenticated } from '@vardgraf/access'
import { type Connection, ConnectionArgs, type Edge, globalId, pageSize, toConnection } from '@vardgraf/relay'
import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql'
import { cases, requireLogin } from '../cases/access.js'
import { caseById } from '../cases/loaders.js'
import { CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import { Patient, Staff } from '../neighbours.js'
import { cursorAt, seqBehind } from './cursors.js'
import { messagesOfCase } from './loaders.js'
import { ChatAuthor, ChatMessage, ChatMessageConnection, ChatMessageEdge, toChatMessage } from './schema.js'
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
    const careCase = await ctx.loader(caseById).load(row.caseId)
    return careCase && toCareCase(careCase)
  }

  @Access(isAuthenticated)
  @Subscription(() => ChatMessageEdge, {
    description:
      'The messages of a case behind a cursor, in order and each once, and then those to come. Without `after` it begins with the first. It completes when the case has ended; who loses the connection goes on with the last cursor.',
    subscribe: async ({ args, context }: { args: Record<string, string | undefined>; context: unknown }) => {
      const ctx = context as Context
      requireLogin(ctx)
      const { id } = await cases.require(ctx, args.caseId ?? '')
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
    const messages = await ctx.loader(messagesOfCase).load({
      caseId: row.id,
      afterSeq: seqBehind(ctx, row.id, args.after),
      limit: pageSize(args) + 1,
    })
    return toConnection(messages, args, (message) => cursorAt(ctx, message), toChatMessage)
  }
}

const isViewer = ({ viewer }: Context, authorId: string): boolean =>
  authorId === (viewer.kind === 'STAFF' ? viewer.staffId : viewer.kind === 'PATIENT' ? viewer.personId : null)
