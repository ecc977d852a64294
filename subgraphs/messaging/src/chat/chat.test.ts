import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockCase } from '../cases/store.js'
import { change } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import {
  caseId,
  centre,
  claimAndAnswer,
  documents,
  enter,
  eventually,
  knownPeople,
  nextKey,
  otherCentre,
  patient,
  rowId,
  staff,
  uuid,
} from '../testing/story.js'
import { sendMessage } from './store.js'

const [astrid, gunilla, tuva, stranger] = [uuid(1), uuid(3), uuid(5), uuid(99)]
const nurse = staff(centre)
const morning = '2026-11-23T09:00:00+01:00'

describe('the chat', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService(morning)
    // Tuva turns 13 at the midnight after the first day.
    knownPeople(service, { [astrid]: {}, [gunilla]: {}, [tuva]: { birthDate: '2013-11-24' } })
    service.neighbours.custody.add(`${gunilla} ${tuva}`)
  })
  afterAll(() => service.stop())
  beforeEach(() => service.setClock(morning))

  /** A case with an open chat, whose first message is the answer. */
  async function openChat(patientId = astrid, openedById = patientId): Promise<string> {
    await enter(service, { patientId, openedById })
    return claimAndAnswer(service, nurse, 'svar')
  }
  const send = (viewer: Viewer, id: string, text: string, key = nextKey()) =>
    service.ask(viewer, documents.send, { caseId: id, text, key })
  const texts = async (viewer: Viewer, id: string): Promise<string[]> => {
    const { data } = await service.ask(viewer, documents.careCase, { caseId: id })
    return data.careCase.messages.edges.map((edge: { node: { text: string } }) => edge.node.text)
  }
  const textOf = (event: { chatMessages: { node: { text: string } } }): string => event.chatMessages.node.text

  it('[R34] is not open before the answer, and says when it will be', async () => {
    const row = await enter(service, { patientId: astrid })
    const { data } = await send(patient(astrid), caseId(row), 'hallå?')
    expect(data.sendMessage).toMatchObject({
      message: null,
      refusal: { code: 'CHAT_NOT_OPEN', rule: 'R34', unlock: expect.any(String) },
    })
    await service.ask(patient(astrid), documents.abandon, { caseId: caseId(row) })
  })

  it('[R14] the chat and the case’s history run forwards in time, whatever the clocks of the processes say', async () => {
    const id = await openChat()
    const writing = { db: service.db, bus: service.platform.bus, hints: service.platform.hints }
    // A process whose clock is two seconds ahead of the service's, which wrote first, and one that began before and waited for the row.
    const ahead = () => new Date(Date.parse(morning) + 2_000)
    const author = { kind: 'PATIENT', id: astrid } as const
    await change(writing, ahead, async (under) => {
      const locked = await lockCase(under, rowId(id))
      if (locked) await sendMessage(under, locked, author, { text: 'ett', idempotencyKey: nextKey() })
    })
    await Promise.all(['två', 'tre', 'fyra'].map((text) => send(patient(astrid), id, text)))
    await service.ask(nurse, documents.send, { caseId: id, text: 'fem', key: nextKey() })
    await service.ask(nurse, documents.close, { caseId: id })
    const messages = await service.db.chatMessage.findMany({ where: { caseId: rowId(id) }, orderBy: { seq: 'asc' } })
    const events = await service.db.caseEvent.findMany({ where: { caseId: rowId(id) }, orderBy: { version: 'asc' } })
    for (const times of [messages.map(({ sentAt }) => sentAt.getTime()), events.map(({ at }) => at.getTime())])
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(messages.at(-1)?.sentAt).toEqual(ahead())
    expect((await service.db.careCase.findUnique({ where: { id: rowId(id) } }))?.closedAt).toEqual(ahead())
  })

  it('[R14] a message has the time at which it came to the case, not at which it began to wait for it', async () => {
    const id = await openChat()
    const held = Promise.withResolvers<void>()
    const holding = service.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM messaging.care_case WHERE id = ${rowId(id)}::uuid FOR UPDATE`
      await held.promise
    })
    const sent = send(patient(astrid), id, 'väntar')
    await eventually(
      async () =>
        (
          await service.owner.query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'",
          )
        ).rowCount,
    )
    service.setClock('2026-11-23T09:00:03+01:00')
    held.resolve()
    await Promise.all([sent, holding])
    expect(await service.db.chatMessage.findFirst({ where: { caseId: rowId(id), text: 'väntar' } })).toMatchObject({
      sentAt: new Date('2026-11-23T09:00:03+01:00'),
    })
  })

  it('[R13] outside an ongoing case a message is refused with the way to 1177; what was said stays readable', async () => {
    const id = await openChat()
    await send(patient(astrid), id, 'tack')
    await service.ask(nurse, documents.close, { caseId: id })
    for (const viewer of [patient(astrid), nurse]) {
      const { data, errors } = await send(viewer, id, 'en till')
      expect(errors).toBeUndefined()
      expect(data.sendMessage.refusal).toMatchObject({
        __typename: 'NoOngoingCase',
        code: 'NO_ONGOING_CASE',
        redirectUrl: 'https://www.1177.se/Vastmanland/',
      })
    }
    expect(await texts(patient(astrid), id)).toEqual(['svar', 'tack'])
    expect(await texts(nurse, id)).toEqual(['svar', 'tack'])
  })

  it('[R13] the case closes while she types: the message is in before the end, or refused, and never between', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await openChat()
      const [sent] = await Promise.all([
        Promise.all([1, 2, 3, 4].map((n) => send(patient(astrid), id, `m${n}`))),
        service.ask(nurse, documents.close, { caseId: id }),
      ])
      const accepted = sent.filter(({ data }) => data.sendMessage.message !== null)
      expect(await texts(patient(astrid), id)).toHaveLength(1 + accepted.length)
      for (const { data } of sent) if (!data.sendMessage.message) expect(data.sendMessage.refusal.code).toBe('NO_ONGOING_CASE')
      const { data } = await service.ask(patient(astrid), documents.careCase, { caseId: id })
      expect(data.careCase.status).toBe('CLOSED')
      const kinds = await service.db.caseEvent.findMany({
        where: { caseId: Buffer.from(id, 'base64url').toString().split(':')[1] ?? '' },
        orderBy: { version: 'asc' },
      })
      expect(kinds.at(-1)?.kind).toBe('CLOSED')
      expect(kinds.map(({ version }) => version)).toEqual(kinds.map((_, index) => index + 1))
    }
  })

  it('[R14] a retry with the same key sends once, also at the same time; two authors may use the same key', async () => {
    const id = await openChat()
    const key = nextKey()
    const tries = await Promise.all([1, 2, 3, 4, 5].map(() => send(patient(astrid), id, 'en gång', key)))
    expect(new Set(tries.map(({ data }) => data.sendMessage.message.id)).size).toBe(1)
    expect((await send(nurse, id, 'jag med', key)).data.sendMessage.message.text).toBe('jag med')
    expect(await texts(patient(astrid), id)).toEqual(['svar', 'en gång', 'jag med'])
  })

  it('[R14] another text with a key that was used is refused, not lost; also where the first was the answer', async () => {
    const id = await openChat()
    const key = nextKey()
    await send(patient(astrid), id, 'det första', key)
    const other = { message: null, refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } }
    expect((await send(patient(astrid), id, 'något annat', key)).data.sendMessage).toMatchObject(other)
    expect(await texts(patient(astrid), id)).toEqual(['svar', 'det första'])

    await enter(service, { patientId: astrid })
    const claim = await service.ask(nurse, documents.claim, { key: nextKey() })
    const next = claim.data.claimNextCase.careCase.id
    await service.ask(nurse, documents.answer, { caseId: next, text: 'svar', key })
    const changed = await service.ask(nurse, documents.answer, { caseId: next, text: 'ett bättre svar', key })
    expect(changed.data.answerCase).toMatchObject(other)
    expect((await send(nurse, next, 'ett tillägg', key)).data.sendMessage).toMatchObject(other)
    expect(await texts(patient(astrid), next)).toEqual(['svar'])
  })

  it('[R14] a retry after the case has ended still gives the message that was sent', async () => {
    const id = await openChat()
    const key = nextKey()
    const first = await send(patient(astrid), id, 'sista', key)
    await service.ask(nurse, documents.close, { caseId: id })
    const again = await send(patient(astrid), id, 'sista', key)
    expect(again.data.sendMessage).toMatchObject({ message: { id: first.data.sendMessage.message.id }, refusal: null })
  })

  it('[R33] one answers: whoever claimed the case, once, whatever is retried', async () => {
    await enter(service, { patientId: astrid })
    const claim = await service.ask(nurse, documents.claim, { key: nextKey() })
    const id = claim.data.claimNextCase.careCase.id
    const answer = (viewer: Viewer, key: string) => service.ask(viewer, documents.answer, { caseId: id, text: 'svar', key })
    expect((await answer(staff(centre, 'colleague'), nextKey())).data.answerCase.refusal).toMatchObject({
      code: 'CASE_NOT_ASSIGNED',
    })
    const key = nextKey()
    const tries = await Promise.all([1, 2, 3].map(() => answer(nurse, key)))
    expect(new Set(tries.map(({ data }) => data.answerCase.message.id)).size).toBe(1)
    expect((await answer(nurse, nextKey())).data.answerCase.refusal.code).toBe('CASE_NOT_ASSIGNED')
    expect(await texts(patient(astrid), id)).toEqual(['svar'])
  })

  it('takes texts as they are, from one character to 8,000', async () => {
    const id = await openChat()
    const unseen = ['', '   \n', '\u00a0', '\u200b\u200d', '\u2060', '\ufe0f', '\u3164', '\u0007']
    for (const text of [...unseen, 'x'.repeat(8001), '😀'.repeat(4_001), 'a\u0000b', 'half \ud83d'])
      expect((await send(patient(astrid), id, text)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    for (const key of ['', 'k'.repeat(65), 'k\u0000', 'k\ud83d'])
      expect((await send(patient(astrid), id, 'x', key)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    const odd = ` <b>å</b> 👩‍⚕️ \n${'x'.repeat(7_900)}`
    expect((await send(patient(astrid), id, odd)).data.sendMessage.message.text).toBe(odd)
  })

  it('[R14] many write at once: numbered without holes, streamed in that order and each once, and nothing is lost over a reconnect', async () => {
    const id = await openChat()
    const all = await service.stream(patient(astrid), documents.chat, { caseId: id })
    const interrupted = await service.stream(nurse, documents.chat, { caseId: id })
    await Promise.all(Array.from({ length: 30 }, (_, n) => send(n % 2 ? nurse : patient(astrid), id, `m${n}`)))
    const whole: string[] = []
    for (let n = 0; n < 31; n += 1) whole.push(textOf(await all.next()))
    expect(whole).toEqual(await texts(patient(astrid), id))
    expect(new Set(whole).size).toBe(31)

    const seen: string[] = []
    let cursor = ''
    for (let n = 0; n < 7; n += 1) {
      const event = await interrupted.next()
      cursor = event.chatMessages.cursor
      seen.push(textOf(event))
    }
    interrupted.stop()
    const resumed = await service.stream(nurse, documents.chat, { caseId: id, after: cursor })
    for (let n = 0; n < 24; n += 1) seen.push(textOf(await resumed.next()))
    await send(patient(astrid), id, 'och en till')
    expect(textOf(await resumed.next())).toBe('och en till')
    expect(seen).toEqual(whole)
    const stored = await service.db.chatMessage.findMany({
      where: { caseId: Buffer.from(id, 'base64url').toString().split(':')[1] ?? '' },
      orderBy: { seq: 'asc' },
    })
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
  })

  it('refuses a cursor of another chat, which would leave messages out, in the list and in the stream', async () => {
    const [mine, other] = [await openChat(), await openChat()]
    const read =
      'query ($id: ID!, $after: String) { careCase(id: $id) { messages(first: 1, after: $after) { edges { cursor } } } }'
    const { data } = await service.ask(nurse, read, { id: other })
    const after = data.careCase.messages.edges[0].cursor
    expect((await service.ask(nurse, read, { id: other, after })).errors).toBeUndefined()
    expect((await service.ask(nurse, read, { id: mine, after })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(await (await service.stream(nurse, documents.chat, { caseId: mine, after })).ended).toBe('BAD_USER_INPUT')
    expect(await (await service.stream(nurse, documents.chat, { caseId: mine, after: '-'.repeat(36) })).ended).toBe(
      'BAD_USER_INPUT',
    )
  })

  it('pages through the history by the same cursors', async () => {
    const id = await openChat()
    for (const text of ['a', 'b', 'c']) await send(patient(astrid), id, text)
    const page = async (after: string | null) =>
      (
        await service.ask(
          patient(astrid),
          'query ($id: ID!, $after: String) { careCase(id: $id) { messages(first: 2, after: $after) { edges { cursor node { text } } pageInfo { hasNextPage endCursor } } } }',
          { id, after },
        )
      ).data.careCase.messages
    const first = await page(null)
    expect(first).toMatchObject({ edges: [{ node: { text: 'svar' } }, { node: { text: 'a' } }], pageInfo: { hasNextPage: true } })
    expect(await page(first.pageInfo.endCursor)).toMatchObject({
      edges: [{ node: { text: 'b' } }, { node: { text: 'c' } }],
      pageInfo: { hasNextPage: false },
    })
    const stream = await service.stream(patient(astrid), documents.chat, { caseId: id, after: first.pageInfo.endCursor })
    expect(textOf(await stream.next())).toBe('b')
    const wrong = await service.ask(
      patient(astrid),
      'query ($id: ID!) { careCase(id: $id) { messages(first: 2, after: "x y") { pageInfo { hasNextPage } } } }',
      { id },
    )
    expect(wrong.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('[R14] what was said and what happened cannot be changed or deleted, whoever connects', async () => {
    await openChat()
    for (const statement of [
      'DELETE FROM messaging.chat_message',
      "UPDATE messaging.chat_message SET text = ''",
      'TRUNCATE messaging.chat_message CASCADE',
      'DELETE FROM messaging.case_event',
      "UPDATE messaging.case_event SET details = '{}'",
      'DELETE FROM messaging.care_case',
      'DELETE FROM messaging.notification',
    ])
      await expect(service.owner.query(statement)).rejects.toThrow('is append-only')
  })

  it('[R20] the guardian writes for a child under 13, and it says so', async () => {
    const id = await openChat(tuva, gunilla)
    const { data } = await send(patient(gunilla), id, 'hon har feber')
    expect(data.sendMessage).toMatchObject({ message: { authorKind: 'GUARDIAN', sentByMe: true }, refusal: null })
    const { data: asChild } = await send(patient(tuva), id, 'mamma skrev')
    expect(asChild.sendMessage.message.authorKind).toBe('PATIENT')
    await service.ask(nurse, documents.close, { caseId: id })
  })

  it('[A3, R20] a guardian is named to herself alone: nobody who reads the chat asks for her record', async () => {
    const id = await openChat(tuva, gunilla)
    await send(patient(gunilla), id, 'hon har feber')
    const read = `query ($id: ID!) { careCase(id: $id) { messages(first: 9) { edges { node { authorKind author { ... on Patient { id } ... on Staff { id } } } } } } }`
    const authorsFor = async (viewer: Viewer) =>
      (await service.ask(viewer, read, { id })).data.careCase.messages.edges.map(
        ({ node }: { node: { authorKind: string; author: { id: string } | null } }) => [node.authorKind, node.author?.id ?? null],
      )
    const answer = ['STAFF', expect.any(String)]
    for (const viewer of [nurse, patient(tuva)]) expect(await authorsFor(viewer)).toEqual([answer, ['GUARDIAN', null]])
    expect(await authorsFor(patient(gunilla))).toEqual([answer, ['GUARDIAN', globalId('Patient', gunilla)]])
    await service.ask(nurse, documents.close, { caseId: id })
  })

  it('[R23, A6] at the midnight of the 13th birthday the guardian’s streams end within 5 s; she sees nothing of before either, the child all of it', async () => {
    service.setClock('2026-11-23T23:59:58+01:00')
    const id = await openChat(tuva, gunilla)
    await send(patient(gunilla), id, 'från mamma')
    const waiting = await enter(service, { patientId: tuva, openedById: gunilla })
    const chat = await service.stream(patient(gunilla), documents.chat, { caseId: id })
    const position = await service.stream(patient(gunilla), documents.position, { caseId: caseId(waiting) })
    const childs = await service.stream(patient(tuva), documents.chat, { caseId: id })
    expect([textOf(await chat.next()), textOf(await chat.next())]).toEqual(['svar', 'från mamma'])
    await position.next()
    service.setClock('2026-11-23T23:59:59+01:00')
    await send(nurse, id, 'en sekund före')
    expect(textOf(await chat.next())).toBe('en sekund före')

    const began = Date.now()
    service.setClock('2026-11-24T00:00:00+01:00')
    expect(await chat.ended).toBe('ACCESS_ENDED')
    expect(await position.ended).toBe('ACCESS_ENDED')
    expect(Date.now() - began).toBeLessThan(5_000)

    await send(patient(tuva), id, 'bara vården ser')
    expect(chat.events).toHaveLength(3)
    for (const text of ['svar', 'från mamma', 'en sekund före', 'bara vården ser']) expect(textOf(await childs.next())).toBe(text)
    expect((await service.ask(patient(gunilla), documents.careCase, { caseId: id })).data.careCase).toBeNull()
    expect((await send(patient(gunilla), id, 'hallå')).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    expect(await (await service.stream(patient(gunilla), documents.chat, { caseId: id })).ended).toBe('NOT_FOUND')
    expect(await texts(patient(tuva), id)).toHaveLength(4)
  })

  it('[R23, A6] without a moved clock the slow look ends the stream by itself within 5 s', async () => {
    service.setClock(morning)
    const id = await openChat(tuva, gunilla)
    const chat = await service.stream(patient(gunilla), documents.chat, { caseId: id })
    await chat.next()
    const began = Date.now()
    service.neighbours.custody.delete(`${gunilla} ${tuva}`)
    expect(await chat.ended).toBe('ACCESS_ENDED')
    expect(Date.now() - began).toBeLessThan(5_000)
    service.neighbours.custody.add(`${gunilla} ${tuva}`)
  })

  it('[A7] a stranger’s stream and message look as if there were no such case', async () => {
    const id = await openChat()
    const nothing = globalId('CareCase', uuid(404))
    for (const viewer of [patient(stranger), staff(otherCentre), staff(centre, 'admin', 'UNIT_ADMINISTRATOR')]) {
      expect(await (await service.stream(viewer, documents.chat, { caseId: id })).ended).toBe('NOT_FOUND')
      expect(await (await service.stream(viewer, documents.chat, { caseId: nothing })).ended).toBe('NOT_FOUND')
      expect(await send(viewer, id, 'x')).toEqual(await send(viewer, nothing, 'x'))
    }
  })

  it('[R28] a stream ends when the login does', async () => {
    const id = await openChat()
    const soon = Math.floor(service.now().getTime() / 1000) + 60
    const stream = await service.stream({ kind: 'PATIENT', personId: astrid, sessionExpiresAt: soon }, documents.chat, {
      caseId: id,
    })
    await stream.next()
    service.setClock('2026-11-23T09:01:00+01:00')
    expect(await stream.ended).toBe('SESSION_ENDED')
  })
})
