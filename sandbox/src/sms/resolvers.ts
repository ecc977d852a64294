import { Access, allow } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { type Connection, ConnectionArgs, cursorOf, pageSize, text, toConnection } from '@vardgraf/relay'
import { live } from '@vardgraf/service'
import { Arg, Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../context.js'
import { e164, Inbox, type Sms } from './inbox.js'
import { SandboxSms, SandboxSmsConnection } from './schema.js'

const aNumber = 'A phone number in any usual form, such as `070-174 06 05` or `+46701740605`.'
const eventsAtOnce = 50

@Resolver(() => SandboxSms)
export class SmsResolver {
  @Access(allow)
  @Query(() => SandboxSmsConnection, { description: 'What would have been sent to a number, oldest first.' })
  async sandboxSmsInbox(
    @Arg('number', () => String, { description: aNumber }) number: string,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<SandboxSms>> {
    const to = normal(number)
    const rows = await ctx.inbox.list(to, positionBehind(ctx, to, page.after) ?? '0', pageSize(page) + 1)
    return toConnection(
      rows,
      page,
      (row) => cursorAt(ctx, row),
      (row) => shown(ctx, row),
    )
  }

  @Access(allow)
  @Subscription(() => SandboxSms, {
    description: 'What would have been sent to a number, as it comes: from now on, or everything behind `after`.',
    subscribe: ({ args, context }) => received(args as ReceivedArgs, context as Context),
  })
  sandboxSmsReceived(
    @Arg('number', () => String, { description: aNumber }) _number: string,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last SMS seen.' }) _after: string | null,
    @Root() sms: SandboxSms,
  ): SandboxSms {
    return sms
  }
}

type ReceivedArgs = { number: string; after?: string | null }

async function received(args: ReceivedArgs, ctx: Context): Promise<AsyncIterable<SandboxSms>> {
  const number = normal(args.number)
  return live(ctx.platform, {
    ctx,
    topics: [Inbox.topic(number)],
    after: positionBehind(ctx, number, args.after) ?? (await ctx.inbox.lastPosition(number)),
    read: async (cursor) => {
      const rows = await ctx.inbox.list(number, cursor ?? '0', eventsAtOnce)
      return { items: rows.map((row) => shown(ctx, row)), cursor: rows.at(-1)?.position ?? cursor }
    },
    mayContinue: async () => true,
  })
}

function normal(number: string): string {
  const known = e164(number)
  if (!known) throw new GraphError('BAD_USER_INPUT', { argument: 'number', expected: 'a phone number such as +46701740605' })
  return known
}

/** The cursor of the list and of the stream. The position is a whole number of up to 64 bits, as text. */
const place = cursorOf('Query.sandboxSmsInbox', text)

const cursorAt = (ctx: Context, { number, position }: Sms): string => place.at(ctx, number, position)

function positionBehind(ctx: Context, number: string, after: string | null | undefined): string | null {
  const [position] = place.behind(ctx, number, after) ?? []
  return position ?? null
}

const shown = (ctx: Context, sms: Sms): SandboxSms => ({
  cursor: cursorAt(ctx, sms),
  to: sms.number,
  from: sms.sender,
  message: sms.message,
  sentAt: sms.sentAt,
})
