import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The reason for which work is done. Each lane has database connections of its own. So a thousand streams that read at once, or a sweep
 * that hangs, do not delay requests.
 *
 * Work gets its lane where it comes in (server.ts: requests; streams.ts: streams). All that follows from it stays in that lane, also facts
 * asked of other subgraphs. Jobs, sweeps and booting run in the background lane.
 */
export const lanes = ['requests', 'streams', 'background'] as const
export type Lane = (typeof lanes)[number]

/** Tells the owner of a fact in which lane it is asked. */
export const LANE_HEADER = 'vardgraf-lane'

const current = new AsyncLocalStorage<Lane>()

export const currentLane = (): Lane => current.getStore() ?? 'background'

export const inLane = <T>(lane: Lane, work: () => T): T => current.run(lane, work)

/** The lane that one of our processes asks for; a request where it names none. */
export const laneOf = (header: unknown): Lane => lanes.find((lane) => lane === header) ?? 'requests'

/** Runs each step of an iteration in a lane, whatever the caller's lane is. */
export function iterateInLane<T>(lane: Lane, items: AsyncIterable<T>): AsyncIterableIterator<T> {
  const iterator = items[Symbol.asyncIterator]()
  return {
    next: () => inLane(lane, () => iterator.next()),
    return: async (value) => inLane(lane, () => iterator.return?.(value)) ?? { done: true, value },
    throw: async (error) => {
      if (iterator.throw) return inLane(lane, () => iterator.throw?.(error)) as Promise<IteratorResult<T>>
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
