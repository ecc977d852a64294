import { subgraphNames } from '@vardgraf/manifest'
import { globalId } from '@vardgraf/relay'
import { borrowGraph, type TestGraph } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as ops from './story.operations.js'
import { Asking } from './support/asking.js'
import { complaintOf, earache, enter, ringRash } from './support/cases.js'
import type { Chart } from './support/charts.js'
import { type Database, openDatabase } from './support/database.js'
import { leaksOf } from './support/leaks.js'
import { directPaths, gatewayPaths, mutations, variablesOf } from './support/paths.js'
import { People } from './support/people.js'
import { Following, openSocket } from './support/sockets.js'

const guardians = ['gunilla', 'goran'] as const
/** Access that ended ends live streams within this time. [A6] */
const WITHIN_MS = 5_000

describe('[R20] [R23] [A6] a child turns 13', () => {
  let graph: TestGraph
  let people: People
  let asking: Asking
  let database: Database
  let chart: Chart
  /** A case of hers that still waits. */
  let waiting: string
  let midnight: Date
  const secondsAfterMidnight = (seconds: number) => graph.clock.set(new Date(midnight.getTime() + seconds * 1_000).toISOString())

  beforeAll(async () => {
    graph = await borrowGraph()
    people = new People(graph)
    asking = new Asking(graph)
    database = await openDatabase(graph.databaseUrl)
    const Patient = globalId('Patient', await asking.personId('tuva'))
    midnight = await birthday(Patient)
    await secondsAfterMidnight(-14 * 3_600)
    const CareCase = await enter(people.as('tuva'), await complaintOf(people.as('tuva'), 'skin-rash'), ringRash())
    const nurse = await responderOf(CareCase)
    await people.as(nurse).request(ops.Claim, { key: 'claim' })
    await people.as(nurse).request(ops.Answer, { input: { caseId: CareCase, text: 'Hello Tuva', idempotencyKey: 'answer' } })
    const { sendMessage } = await send('gunilla', 'I am her mother', CareCase)
    const visitId = await book(nurse, CareCase)
    chart = { Patient, CareCase, ChatMessage: sendMessage.message?.id ?? '', Visit: visitId }
    // One open case a complaint: the second one is about something else.
    waiting = await enter(people.as('tuva'), await complaintOf(people.as('tuva'), 'child-fever'), earache())
  })
  afterAll(async () => {
    await database.close()
    await people.leave()
    await graph.stop()
  })

  /** The instant from which a youth clinic sees her: her 13th birthday. [R24] */
  const birthday = async (id: string): Promise<Date> => {
    const { data } = await graph.query<{
      serviceEligibility: { service: string; from: string }[]
      patient: { birthDate: string }
    }>({
      query: 'query ($id: ID!) { serviceEligibility(patientId: $id) { service from } patient(id: $id) { birthDate } }',
      variables: { id },
      as: 'tuva',
    })
    const from = data?.serviceEligibility.find(({ service }) => service === 'YOUTH_CLINIC')?.from ?? ''
    expect(from).toMatch(new RegExp(`^${Number(data?.patient.birthDate.slice(0, 4)) + 13}-\\d\\d-\\d\\dT00:00:00`))
    return new Date(from)
  }

  const responderOf = async (id: string): Promise<string> => {
    const { data } = await graph.query<{ careCase: { responder: { kind: string } } }>({
      query: 'query ($id: ID!) { careCase(id: $id) { responder { kind } } }',
      variables: { id },
      as: 'tuva',
    })
    return data?.careCase.responder.kind === 'HEALTH_CENTRE' ? 'nurse-1' : 'nurse-1177'
  }

  const send = (person: string, text: string, caseId = chart.CareCase) =>
    people.as(person).request(ops.Send, { input: { caseId, text, idempotencyKey: `${person}-${text}` } })

  const book = async (nurse: string, caseId: string): Promise<string> => {
    const startsAt = new Date(midnight.getTime() + 3 * 86_400_000).toISOString()
    await people.as(nurse).request(ops.Book, {
      input: {
        caseId,
        startsAt,
        durationMinutes: 15,
        channel: 'PHYSICAL',
        profession: 'NURSE',
        visitType: 'FOLLOW_UP',
        idempotencyKey: 'book',
      },
    })
    // She sees these. 1177, when it handles the case, gets only the receipt.
    const { data } = await graph.query<{ careCase: { visits: { edges: { node: { id: string } }[] } } }>({
      query: 'query ($id: ID!) { careCase(id: $id) { visits(first: 1) { edges { node { id } } } } }',
      variables: { id: caseId },
      as: 'tuva',
    })
    return data?.careCase.visits.edges[0]?.node.id ?? ''
  }

  const atGateway = (person: string) => (path: (typeof gatewayPaths)[number], id: string) =>
    asking.gateway(person, { query: path.query, variables: variablesOf(path, id) })

  const follow = async (person: string, query: string, caseId: string) => {
    const client = openSocket(graph.wsUrl, { ...(await asking.authorization(person)), acceptLanguage: 'en' })
    return { person, client, following: new Following(client, { query, variables: { caseId } }) }
  }
  const chat = 'subscription ($caseId: ID!) { chatMessages(caseId: $caseId) { node { text author { __typename } } } }'
  const position = 'subscription ($caseId: ID!) { waitingRoomPosition(caseId: $caseId) { position } }'

  it('one second before midnight her guardians see all; at midnight their streams end in time, and hers go on', async () => {
    await secondsAfterMidnight(-60)
    asking.logInAnew()
    const theirs = await Promise.all(
      guardians.flatMap((guardian) => [follow(guardian, chat, chart.CareCase), follow(guardian, position, waiting)]),
    )
    const hers = await Promise.all([follow('tuva', chat, chart.CareCase), follow('tuva', position, waiting)])
    await Promise.all([...theirs, ...hers].map(({ following }) => following.first()))

    await secondsAfterMidnight(-1)
    await send('tuva', 'one second before')
    for (const { following } of [theirs[0], theirs[2], hers[0]].filter((each) => each !== undefined))
      await expect.poll(() => JSON.stringify(following.heard.events)).toContain('one second before')
    for (const guardian of guardians)
      for (const path of gatewayPaths) {
        // Every path that shows her a record shows it to her guardians too.
        const [child, guardianSees] = await Promise.all(
          ['tuva', guardian].map((person) => leaksOf([path], [chart], atGateway(person))),
        )
        expect(guardianSees?.length, `${guardian}: ${path.query}`).toBe(child?.length)
      }
    expect([...theirs, ...hers].flatMap(({ following: { heard } }) => [heard.errors, heard.closed])).toEqual(Array(12).fill(null))

    const started = performance.now()
    await secondsAfterMidnight(0)
    const ends = await Promise.all(theirs.map(({ following }) => following.end))
    const took = performance.now() - started
    expect(ends.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(Array(4).fill('ACCESS_ENDED'))
    expect(took).toBeLessThan(WITHIN_MS)

    await send('tuva', 'now I am 13')
    await expect.poll(() => JSON.stringify(hers[0]?.following.heard.events)).toContain('now I am 13')
    expect(JSON.stringify(ends)).not.toContain('now I am 13')
    expect(hers.map(({ following: { heard } }) => heard.errors ?? heard.closed)).toEqual([null, null])
    await Promise.all([...theirs, ...hers].map(({ client }) => client.dispose()))
  })

  it.each(guardians)(
    'then %s finds nothing by any path, not what she herself wrote, and the attempt is logged',
    async (guardian) => {
      const last = async () =>
        (await database.rows<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM audit.audit_event'))[0]?.id
      const before = await last()
      expect(await leaksOf(gatewayPaths, [chart], atGateway(guardian))).toEqual([])
      expect(await leaksOf(mutations, [chart], atGateway(guardian))).toEqual([])
      for (const name of subgraphNames) {
        const ask = (path: (typeof gatewayPaths)[number], id: string) =>
          asking.subgraph(name, guardian, { query: path.query, variables: variablesOf(path, id) })
        expect(await leaksOf(directPaths(name), [chart], ask), name).toEqual([])
      }
      const looks = await database.rows<{ refused: boolean }>(
        'SELECT DISTINCT refused FROM audit.audit_event WHERE id > $1 AND actor_id = $2 AND patient_id = $3',
        [before, await asking.personId(guardian), await asking.personId('tuva')],
      )
      expect(looks).toEqual([{ refused: true }])
    },
  )

  it.each(guardians)('then %s opens no stream of hers, and has her in no list', async (guardian) => {
    for (const [query, caseId] of [
      [chat, chart.CareCase],
      [position, waiting],
    ] as const) {
      const { client, following } = await follow(guardian, query, caseId)
      const { errors, events } = await following.end
      expect({ events, code: errors?.[0]?.extensions?.code }).toEqual({ events: [], code: 'NOT_FOUND' })
      await client.dispose()
    }
    const { me } = await people.as(guardian).request(ops.Me, {})
    expect(me.mayActFor.map(({ displayName }) => displayName)).toEqual(guardian === 'gunilla' ? ['Lo Gran'] : [])
  })

  it('then she herself sees all of it, also what her guardian wrote for her', async () => {
    const { careCase } = await people.as('tuva').request(ops.History, { caseId: chart.CareCase })
    expect(careCase?.messages.edges.map(({ node }) => [node.authorKind, node.text])).toEqual([
      ['STAFF', 'Hello Tuva'],
      ['GUARDIAN', 'I am her mother'],
      ['PATIENT', 'one second before'],
      ['PATIENT', 'now I am 13'],
    ])
    expect(careCase?.visits?.edges).toHaveLength(1)
  })

  it('[R5] [R34] then an SMS goes to her alone', async () => {
    const [tuvas, theirs] = ['070-1740609', ['070-1740607', '070-1740608']] as const
    const count = async () => (await Promise.all(theirs.map((number) => graph.sms(number)))).flat().length
    const before = await count()
    const nurse = await responderOf(waiting)
    await people.as(nurse).request(ops.Claim, { key: 'claim after' })
    await people.as(nurse).request(ops.Answer, { input: { caseId: waiting, text: 'Hello again', idempotencyKey: 'after' } })
    await expect.poll(async () => (await graph.sms(tuvas)).length).toBe(1)
    expect(await count()).toBe(before)
  })
})
