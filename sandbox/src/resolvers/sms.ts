import { GraphError } from '@vardgraf/errors'
import { type Connection, ConnectionArgs, decodeCursor, encodeCursor, live, pageSize, toConnection } from '@vardgraf/subgraph'
import { Arg, Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../context.js'
import { SandboxSms, SandboxSmsConnection } from '../schema/sms.js'
import { e164, Inbox, type Sms } from '../sms/inbox.js'

const aNumber = 'A phone number in any usual form, such as `070-174 06 05` or `+46701740605`.'
const eventsAtOnce = 50

@Resolver(() => SandboxSms)
export class SmsResolver {
  @Query(() => SandboxSmsConnection, { description: 'What would have been sent to a number, oldest first.' })
  async sandboxSmsInbox(
    @Arg('number', () => String, { description: aNumber }) number: string,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() { inbox }: Context,
  ): Promise<Connection<SandboxSms>> {
    const rows = await inbox.list(normal(number), position(page.after) ?? '0', pageSize(page) + 1)
    return toConnection(rows, page, (row) => row.position, shown)
  }

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
    after: position(args.after) ?? (await ctx.inbox.lastPosition(number)),
    read: async (cursor) => {
      const rows = await ctx.inbox.list(number, cursor ?? '0', eventsAtOnce)
      return { items: rows.map(shown), cursor: rows.at(-1)?.position ?? cursor }
    },
    mayContinue: async () => true,
  })
}

function normal(number: string): string {
  const known = e164(number)
  if (!known) throw new GraphError('BAD_USER_INPUT', { argument: 'number', expected: 'a phone number such as +46701740605' })
  return known
}

function position(cursor: string | null | undefined): string | null {
  const decoded = decodeCursor(cursor)
  if (decoded === null || /^\d{1,18}$/.test(decoded)) return decoded
  throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor from an earlier answer' })
}

const shown = (sms: Sms): SandboxSms => ({
  cursor: encodeCursor(sms.position),
  to: sms.number,
  from: sms.sender,
  message: sms.message,
  sentAt: sms.sentAt,
})
