import type { Bus, Hints } from '@vardgraf/events'
import { isLostRace } from '@vardgraf/service'
import type { Db, Tx } from './database.js'
import type { ActorKind } from './generated/prisma/enums.js'

/** Somebody who acts: a person by id, or an employee by HSA-id. */
export interface Author {
  kind: Exclude<ActorKind, 'SYSTEM'>
  id: string
}
/** Who makes a change: somebody, or the platform itself. */
export type Actor = Author | { kind: 'SYSTEM'; id: null }

export const SYSTEM: Actor = { kind: 'SYSTEM', id: null }

/** A change under way: everything that is written through it commits together, with its events and jobs. */
export interface Change {
  tx: Tx
  /** When it happens: when it began, or when it came to the row that it waited for. */
  readonly now: Date
  /** A row is locked now that has seen `instant`: whatever the clocks of other processes say, the change comes after it. */
  follow(instant: Date): void
  bus: Bus
  /** Wakes the readers of a topic, once the change has been committed. */
  hint(topic: string): void
}

/** What a change needs of the process. */
export interface Writing {
  db: Db
  bus: Bus
  hints: Hints
}

export const writingOf = ({ db, platform: { bus, hints } }: { db: Db; platform: Omit<Writing, 'db'> }): Writing => ({
  db,
  bus,
  hints,
})

const ATTEMPTS = 3

/** Runs `work` in one transaction, and wakes the readers after the commit. */
export async function change<T>(
  { db, bus, hints }: Writing,
  clock: () => Date,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const topics = new Set<string>()
    try {
      const result = await db.$transaction((tx) => work(changeIn(tx, bus, clock, topics)), { timeout: 10_000, maxWait: 5_000 })
      if (topics.size > 0) hints.publish([...topics])
      return result
    } catch (error) {
      if (attempt === ATTEMPTS || !isLostRace(error)) throw error
    }
  }
}

function changeIn(tx: Tx, bus: Bus, clock: () => Date, topics: Set<string>): Change {
  let now = clock()
  return {
    tx,
    bus,
    get now() {
      return now
    },
    follow: (instant) => {
      now = new Date(Math.max(clock().getTime(), instant.getTime()))
    },
    hint: (topic) => topics.add(topic),
  }
}
