import { startGraph } from '@vardgraf/testing'
import { openDatabase } from '../../support/database.js'
import { Crowd } from '../crowd.js'
import { Tally } from '../figures.js'
import type { Evidence, Failure, Order, Proof } from '../proof.js'
import { Random } from '../random.js'
import { smsOf } from '../sms.js'
import { contenders, nextRound, type Round, race, smaller } from './round.js'

const smallerTries = 3

export const races: Proof = {
  name: 'races',
  claim: 'However many claim, answer, book and close the same case at once, each is done once, and one SMS goes out.',
  rules: ['R32', 'R33', 'R34', 'R36'],
  invariants: [
    'Of those who claim the one case that waits, one gets it; the case has one claim in its history.',
    'Of several answers, some of them the same sent again, one is saved.',
    'Of bookings by two nurses that meet in time, one is made.',
    'The case is closed once.',
    'Each answered case has one SMS at the operator.',
  ],
  attack: 'In each round a case is claimed, answered, booked from and closed by 2 to 10 at once, through the gateway.',
  unit: 'rounds',
  runs: 500,
  minutes: 6,
  shortRuns: 6,
  make,
}

async function make({ runs, seed, signal, say }: Order): Promise<Evidence> {
  const graph = await startGraph()
  const crowd = new Crowd(graph)
  const database = await openDatabase(graph.databaseUrl)
  try {
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    const random = new Random(seed)
    const told = new Tally()
    const failures: Failure[] = []
    let [made, requests] = [0, 0]
    while (made < runs && failures.length === 0) {
      signal.throwIfAborted()
      const round = nextRound(random, made)
      failures.push(...(await race(round, crowd, database, told)))
      made++
      requests += contenders(round)
      if (failures.length > 0) failures.splice(0, failures.length, ...(await shortest(round, failures)))
      if (made % 50 === 0) say(`${made} rounds, ${requests} contenders`)
    }
    const sms = await smsOf(database, signal)
    return {
      runs: made,
      tables: [
        { title: `What ${requests} contenders were told`, head: ['step and answer', 'times'], rows: told.rows() },
        sms.table,
      ],
      failures: [...failures, ...sms.failures],
    }

    /** Tries the round again with fewer contenders, as long as it still breaks. */
    async function shortest(round: Round, found: Failure[]): Promise<Failure[]> {
      const next = smaller(round)
      if (!next) return found
      for (let i = 1; i <= smallerTries; i++) {
        const again = await race({ ...next, minute: 1_000_000 + contenders(next) * 100 + i * 60 }, crowd, database, told)
        if (again.length > 0) return shortest(next, again)
      }
      return found
    }
  } finally {
    await database.close()
    await crowd.leave()
    await graph.stop()
  }
}
