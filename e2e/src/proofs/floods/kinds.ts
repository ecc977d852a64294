import { setTimeout as sleep } from 'node:timers/promises'
import { readFragment } from '../../gql/index.js'
import * as ops from '../../story.operations.js'
import type { Crowd } from '../crowd.js'
import { Tally } from '../figures.js'
import type { Random } from '../random.js'
import { RawSocket } from './sockets.js'

/** Asks for more than anybody may have, `size` times, and counts what it was told. */
export type Flood = (crowd: Crowd, size: number, random: Random) => Promise<Tally>

/** Requests of one flood that are under way at once. */
const atOnce = 25
/** Answers of about 80 kB that a reader leaves in its socket. */
const answersUnread = 120

export const kinds: Record<string, Flood> = {
  'bad tokens': (crowd, size, random) =>
    each(size, async (told) => {
      const part = (length: number): string =>
        Buffer.from(Array.from({ length }, () => random.between(0, 255))).toString('base64url')
      const token = random.one([
        part(24),
        `${part(60)}.${part(300)}.${part(64)}`,
        `eyJhbGciOiJub25lIn0.${part(120)}.`,
        `${(await crowd.token('astrid')).slice(0, -8)}AAAAAAAA`,
      ])
      told.add(await answer(crowd, { query: '{ me { kind } }' }, token))
    }),

  'huge and deep queries': (crowd, size, random) =>
    each(size, async (told) => {
      const many = random.between(200, 4_000)
      const query = random.one([
        `{ me { patient ${'{ guardians '.repeat(many)}{ id }${' }'.repeat(many)} } }`,
        `{ ${Array.from({ length: many }, (_, i) => `a${i}: me { kind }`).join(' ')} }`,
        `{ me { ${'kind '.repeat(many)} } }`,
        `{ me ${'@include(if: true) '.repeat(many)} { kind } }`,
        `# ${'x'.repeat(400_000)}\n{ me { kind } }`,
        '{'.repeat(many),
      ])
      told.add(await answer(crowd, { query }, await crowd.token('astrid')))
    }),

  'costly queries of one viewer': (crowd, size) =>
    each(size, async (told) => {
      const page = 'careUnits(first: 50) { edges { node { id hsaId name isOpen closesAt contactCard { phone url } } } }'
      const query = `{ ${['a', 'b', 'c', 'd', 'e'].map((alias) => `${alias}: ${page}`).join(' ')} }`
      told.add(await answer(crowd, { query }, await crowd.token('nurse-1')))
    }),

  'sockets that say nothing': async (crowd, size) => {
    const told = new Tally()
    const sockets = Array.from({ length: size }, () => new RawSocket(crowd.graph.wsUrl))
    await Promise.all(
      sockets.map(async (socket) => {
        const patience = sleep(20_000).then(() => null)
        const end = await Promise.race([socket.end, patience])
        told.add(end ? `${end.code} ${end.reason.split(' ')[0]}` : 'left open')
        socket.leave()
      }),
    )
    return told
  },

  'readers that do not read': async (crowd, size) => {
    const told = new Tally()
    const authorization = `Bearer ${await crowd.token('nurse-1')}`
    const sockets = Array.from({ length: Math.ceil(size / 40) }, () => new RawSocket(crowd.graph.wsUrl))
    // Large, and cheap to make.
    const texts = 'errorCodes { code message { sv en } unlock { sv en } }'
    const query = `{ a: ${texts} b: ${texts} c: ${texts} }`
    await Promise.all(sockets.map((socket) => socket.init(authorization)))
    for (const socket of sockets) socket.pause()
    for (let i = 0; i < answersUnread; i++) {
      for (const socket of sockets) socket.subscribe(String(i), query)
      await sleep(20)
    }
    await Promise.all(
      sockets.map(async (socket) => {
        const end = await Promise.race([socket.end, sleep(2_000).then(() => null)])
        told.add(end ? `${end.code} ${end.reason.split(' ')[0]}` : 'waits')
        socket.leave()
      }),
    )
    return told
  },

  'operations on one socket': async (crowd, size) => {
    const told = new Tally()
    const socket = new RawSocket(crowd.graph.wsUrl)
    await socket.init(`Bearer ${await crowd.token('nurse-1b')}`)
    const { me } = await crowd.as('nurse-1b').request(ops.Me, {})
    const query = `subscription { unitQueue(unitId: "${me.unit?.id}") { waiting } }`
    for (let i = 0; i < size; i++) socket.subscribe(String(i), query)
    await sleep(3_000)
    for (const code of socket.errors) told.add(code)
    told.add('events', socket.events)
    const end = await Promise.race([socket.end, sleep(100).then(() => null)])
    if (end) told.add(`${end.code} ${end.reason.split(' ')[0]}`)
    socket.leave()
    return told
  },

  'cases of one patient': async (crowd, size) => {
    const patient = crowd.as('ivar')
    const { questionnaires } = await patient.request(ops.Complaints, {})
    const complaints = questionnaires.edges.map(({ node }) => node.id)
    return each(size, async (told, i) => {
      const questionnaire = complaints[i % complaints.length] ?? ''
      const { data, errors } = await patient.execute(ops.StartTriage, {
        input: { questionnaire, entryChannel: 'APP', idempotencyKey: crypto.randomUUID() },
      })
      const opened = data?.startTriage.careCase && readFragment(ops.CaseFragment, data.startTriage.careCase).id
      told.add(opened ? 'opened' : (data?.startTriage.refusal?.code ?? errors[0]?.extensions?.code ?? 'an error without a code'))
    })
  },
}

async function each(size: number, act: (told: Tally, i: number) => Promise<void>): Promise<Tally> {
  const told = new Tally()
  let next = 0
  const one = async (): Promise<void> => {
    while (next < size) await act(told, next++)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return told
}

/** The code of an answer over HTTP; `answered` where it has none. */
async function answer({ graph }: Crowd, operation: object, token: string): Promise<string> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(operation),
  }).catch((error: Error) => error)
  if (response instanceof Error) return 'the connection broke'
  const body = (await response.json().catch(() => null)) as { errors?: { extensions?: { code?: string } }[] } | null
  if (!body) return `${response.status} without an answer`
  return body.errors ? (body.errors[0]?.extensions?.code ?? 'an error without a code') : 'answered'
}
