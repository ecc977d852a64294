import { Access, allow } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { durationMilliseconds } from './duration.js'
import { SandboxClock } from './schema.js'

@Resolver(() => SandboxClock)
export class ClockResolver {
  @Access(allow)
  @Query(() => SandboxClock, { description: 'The clock of the sandbox.' })
  sandboxClock(@Ctx() { clock }: Context): SandboxClock {
    return clock.current
  }

  @Access(allow)
  @Mutation(() => SandboxClock, { description: 'Moves the clock to an instant. Returns when every process has applied it.' })
  async sandboxSetClock(
    @Arg('at', () => Date, { description: 'The instant to go to, within a century of today.' }) at: Date,
    @Arg('frozen', () => Boolean, {
      defaultValue: false,
      description: 'Stand still there; otherwise the clock runs on from there.',
    })
    frozen: boolean,
    @Ctx() { clock }: Context,
  ): Promise<SandboxClock> {
    await refusing('at', () => clock.set(at, frozen))
    return clock.current
  }

  @Access(allow)
  @Mutation(() => SandboxClock, {
    description: 'Moves the clock forward by a duration. Returns when every process has applied it; a frozen clock stays frozen.',
  })
  async sandboxAdvanceClock(
    @Arg('by', () => String, {
      description: 'An ISO 8601 duration such as `PT15M`, `P1D` or `-PT1H` (back), or seconds such as `90`.',
    })
    by: string,
    @Ctx() { clock }: Context,
  ): Promise<SandboxClock> {
    await refusing('by', () => clock.advance(durationMilliseconds(by, clock.current.now)))
    return clock.current
  }

  @Access(allow)
  @Mutation(() => SandboxClock, {
    description: 'Lets go of the clock: back to real time. Returns when every process has applied it.',
  })
  async sandboxReleaseClock(@Ctx() { clock }: Context): Promise<SandboxClock> {
    await clock.release()
    return clock.current
  }
}

async function refusing(argument: string, change: () => Promise<void>): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (error instanceof RangeError) throw new GraphError('BAD_USER_INPUT', { argument, expected: error.message })
    throw error
  }
}
