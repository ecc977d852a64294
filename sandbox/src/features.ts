import { allow } from '@vardgraf/access'
import type { Feature } from '@vardgraf/service'
import { ClockResolver } from './clock/resolvers.js'
import type { Context } from './context.js'
import { SmsResolver } from './sms/resolvers.js'

/** The sandbox's own part of the graph, open to everybody: it exists in no supergraph but the sandbox's. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [ClockResolver, SmsResolver],
    references: {},
    permissions: {
      Query: { sandboxClock: allow, sandboxSmsInbox: allow },
      Mutation: { sandboxSetClock: allow, sandboxAdvanceClock: allow, sandboxReleaseClock: allow },
      Subscription: { sandboxSmsReceived: allow },
      SandboxClock: allow,
      SandboxSms: allow,
      SandboxSmsConnection: allow,
      SandboxSmsEdge: allow,
      PageInfo: allow,
    },
  },
]
