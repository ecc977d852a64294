import { setTimeout as sleep } from 'node:timers/promises'
import { type Carried, carriedOn, filledIn, loadExamples } from '@vardgraf/gateway/examples'
import { countStatements, type StatementCounter, startGraph } from '@vardgraf/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { Asking } from './support/asking.js'
import { openDatabase } from './support/database.js'
import { People } from './support/people.js'
import { fill } from './support/rows.js'
import { Following, openSocket } from './support/sockets.js'

/** When health centres answer. */
const FRIDAY = '2026-11-20T10:00:00+01:00'
/** When the examples begin; they move the clock themselves. */
const SUNDAY = '2026-11-22T12:00:00+01:00'
const FEW = 3
const MANY = 30
/** For operations that only read, the fewest of this many tries counts: background work, such as an SMS, may add statements. */
const TRIES = 3
/** How many statements a mutation, or a stream until its first event, may differ by for that reason. One for each row would add 27. */
const BETWEEN = 9

/** The fields that frontends ask for most, including each one that needs its own look-up. */
const lists: Record<string, { as: string; query: (first: number) => string }> = {
  'care units with their hours': {
    as: 'astrid',
    query: (first) =>
      `{ careUnits(first: ${first}, kind: HEALTH_CENTRE) { edges { node { id name isOpen closesAt nextOpening openingHours { date openings { opensAt } } contactCard { phone } } } } }`,
  },
  'my cases with messages, visits, answers and fees': {
    as: 'astrid',
    query: (first) =>
      `{ me { patient { careCases(first: ${first}) { edges { node { id status isOngoing unit { name } responder { name } assignedTo { displayName unit { name } } patient { displayName age } feeQuote { amountOre } triage { questionnaire { title } answers { display } } waitingRoom { position } messages(first: 5) { edges { node { text author { __typename ... on Staff { displayName } ... on Patient { name: displayName } } careCase { status } } } } visits(first: 5) { edges { node { id startsAt } } } } } } } } }`,
  },
  'the waiting room with patients': {
    as: 'nurse-1',
    query: (first) =>
      `{ me { unit { waitingRoom(first: ${first}) { edges { node { position priority careCase { id unit { name } patient { displayName age listedAt { name } guardians { displayName } } triage { questionnaire { title } answers { display } assessment { reason } } waitingRoom { position } messages(first: 5) { edges { node { text } } } feeQuote { amountOre } } } } } } } }`,
  },
  'the waiting room with what each patient has besides': {
    as: 'nurse-1',
    query: (first) =>
      `{ me { unit { waitingRoom(first: ${first}) { edges { node { careCase { patient { displayName careCases(first: 5) { edges { node { status } } } visits(first: 5) { edges { node { startsAt status } } } } } } } } } } }`,
  },
  'my visits with unit, case and fee': {
    as: 'astrid',
    query: (first) =>
      `{ me { patient { visits(first: ${first}) { edges { node { id startsAt visitType { name } unit { name isOpen } careCase { status messages(first: 2) { edges { node { text } } } } patient { displayName } cancelDeadline { at } joinWindow { opensAt } feeQuote { amountOre explanation } } } } } } }`,
  },
  'the visits of a unit with patients': {
    as: 'nurse-1',
    query: (first) =>
      `{ me { unit { visits(first: ${first}) { edges { node { id startsAt patient { displayName age personalIdentityNumber phone } careCase { status assignedTo { displayName } } feeQuote { amountOre } } } } } } }`,
  },
  'children with cases and visits': {
    as: 'gunilla',
    query: () =>
      '{ me { mayActFor { displayName age listedAt { name } guardians { displayName } careCases(first: 5) { edges { node { id } } } visits(first: 5) { edges { node { id } } } } } }',
  },
}

interface Measured {
  statements: number
  /** The statements that ran, to find out why. */
  queries: string[]
  /** Objects in the answer, to show that the lists grew. */
  size: number
}

const examples = await loadExamples()

/** How many statements each example and each list takes in a graph with that many rows of everything. */
async function measure(rows: number): Promise<Map<string, Measured>> {
  // A graph of its own: its statements are counted, so nobody else may run any.
  const graph = await startGraph()
  const [people, asking] = [new People(graph), new Asking(graph)]
  const database = await openDatabase(graph.databaseUrl)
  const counter = await countStatements(graph.databaseUrl)
  const measured = new Map<string, Measured>()
  try {
    await graph.clock.set(FRIDAY, { running: true })
    await fill(people, asking, database, rows)
    await graph.clock.set(SUNDAY, { running: true })
    const background = await idle(counter)
    const count = async (name: string, run: () => Promise<string>): Promise<Measured> => {
      await counter.reset()
      const body = await run()
      const ran = (await counter.counted()).filter(({ query }) => !background.has(query))
      const one: Measured = {
        statements: ran.reduce((sum, { calls }) => sum + calls, 0),
        queries: ran.map(({ query, calls }) => `${calls} × ${query.replaceAll(/\s+/g, ' ').slice(0, 160)}`).sort(),
        size: body.split('{').length,
      }
      const before = measured.get(name)
      if (!before || one.statements < before.statements) measured.set(name, one)
      return one
    }

    let carried: Carried = {}
    for (const { title, query, person, kind, takes, gives } of examples) {
      asking.logInAnew()
      const { variables } = filledIn(takes, carried, () => crypto.randomUUID())
      await quiet(counter)
      const run = async () => {
        const body =
          kind === 'subscription'
            ? await firstEvent(asking, person, { query, variables })
            : (await asking.gateway(person, { query, variables })).body
        const { data, errors } = JSON.parse(body)
        expect(errors, title).toBeUndefined()
        carried = { ...carried, ...carriedOn({}, gives, data) }
        // What a change sets off is counted with it, whether it was done before the answer or after.
        if (kind === 'mutation') await counter.atRest()
        return body
      }
      for (let i = 0; i < (kind === 'query' ? TRIES : 1); i++) await count(`example: ${title}`, run)
    }

    asking.logInAnew()
    for (const [name, { as, query }] of Object.entries(lists)) {
      // The first time a login is seen, and a query planned.
      await asking.gateway(as, { query: query(rows) })
      for (let i = 0; i < TRIES; i++)
        await count(`list: ${name}`, async () => {
          const { body } = await asking.gateway(as, { query: query(rows) })
          expect(JSON.parse(body).errors, name).toBeUndefined()
          return body
        })
    }
    return measured
  } finally {
    await counter.stop()
    await database.close()
    await people.leave()
    await graph.stop()
  }
}

/** Statements that run without a request: sweeps and polls. */
async function idle(counter: StatementCounter): Promise<Set<string>> {
  await counter.reset()
  await sleep(1_500)
  return new Set((await counter.counted()).map(({ query }) => query))
}

async function firstEvent(
  asking: Asking,
  person: string | null,
  operation: { query: string; variables: object },
): Promise<string> {
  const client = openSocket(asking.graph.wsUrl, await asking.authorization(person))
  const { events } = await new Following(client, { ...operation, variables: { ...operation.variables } }).first()
  await client.dispose()
  return JSON.stringify(events[0])
}

/** Resolves when the work that the last change started is done. */
async function quiet(counter: StatementCounter): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await counter.reset()
    await sleep(100)
    if ((await counter.counted()).length === 0) return
  }
}

/**
 * The first owner of a care relation that says yes decides, so later look-ups may take one batch more or less, whatever the number of rows.
 * Ten times as many rows are 27 more. [A1]
 */
const TURNS = 2

const compared = (few?: Measured, many?: Measured): string =>
  [`with ${FEW} rows:`, ...(few?.queries ?? []), `with ${MANY}:`, ...(many?.queries ?? []), ''].join('\n')

describe('the number of SQL statements does not grow with the number of rows', () => {
  let few: Map<string, Measured>
  let many: Map<string, Measured>
  beforeAll(async () => {
    few = await measure(FEW)
    many = await measure(MANY)
  })

  it.each(examples.map(({ title, kind }) => [title, kind] as const))('example: %s', (title, kind) => {
    const [one, other] = [few.get(`example: ${title}`), many.get(`example: ${title}`)]
    expect(other?.statements, compared(one, other)).toBeLessThanOrEqual(
      (one?.statements ?? 0) + (kind === 'query' ? TURNS : BETWEEN),
    )
  })

  it.each(Object.keys(lists))('list: %s', (name) => {
    const [one, other] = [few.get(`list: ${name}`), many.get(`list: ${name}`)]
    expect(other?.size).toBeGreaterThan((one?.size ?? Number.POSITIVE_INFINITY) * 3)
    expect(other?.statements, compared(one, other)).toBeLessThanOrEqual((one?.statements ?? 0) + TURNS)
  })
})
