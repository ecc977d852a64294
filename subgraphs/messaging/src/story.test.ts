import { globalId } from '@vardgraf/relay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from './testing/service.js'
import { caseId, centre, documents, enter, eventually, knownPeople, nextKey, patient, staff, uuid } from './testing/story.js'

const astrid = uuid(1)
const birger = uuid(2)
const nurse = staff(centre)

describe('from the waiting room to a closed case', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService('2026-11-23T09:00:00+01:00')
    knownPeople(service, { [astrid]: {}, [birger]: {} })
  })
  afterAll(() => service.stop())

  it('[R32, R33, R34, R13] waits, is called, gets an answer by SMS, chats both ways, and ends', async () => {
    const ahead = await enter(service, { patientId: birger, priority: 'P2' })
    const row = await enter(service, { patientId: astrid, priority: 'P3' })
    const id = caseId(row)
    const position = await service.stream(patient(astrid), documents.position, { caseId: id })
    const queue = await service.stream(nurse, documents.queue, { unitId: globalId('CareUnit', centre) })
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      status: 'WAITING',
      position: 2,
      reason: 'ENTERED',
      responder: { id: globalId('CareUnit', centre) },
    })
    expect((await queue.next()).unitQueue).toEqual({
      waiting: 2,
      entries: [
        { caseId: caseId(ahead), position: 1, priority: 'P2', dueSoon: false },
        { caseId: id, position: 2, priority: 'P3', dueSoon: false },
      ],
    })

    const first = await service.ask(nurse, documents.claim, { key: nextKey() })
    expect(first.errors).toBeUndefined()
    expect(first.data.claimNextCase.careCase.id).toBe(caseId(ahead))
    expect((await position.next()).waitingRoomPosition).toMatchObject({ position: 1, reason: 'MOVED_UP' })
    expect((await queue.next()).unitQueue).toMatchObject({ waiting: 1, entries: [{ caseId: id, position: 1 }] })

    const chat = await service.stream(patient(astrid), documents.chat, { caseId: id })
    const second = await service.ask(nurse, documents.claim, { key: nextKey() })
    expect(second.data.claimNextCase).toMatchObject({ careCase: { id, status: 'ASSIGNED' }, refusal: null })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ status: 'ASSIGNED', position: null, reason: 'CALLED' })

    const answered = await service.ask(nurse, documents.answer, { caseId: id, text: 'Hej Astrid!', key: nextKey() })
    expect(answered.data.answerCase).toMatchObject({
      careCase: { status: 'ANSWERED', slaBreached: false },
      message: { text: 'Hej Astrid!' },
      refusal: null,
    })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ status: 'ANSWERED', position: null, reason: 'ANSWERED' })
    expect(await position.ended).toBe('complete')
    expect((await chat.next()).chatMessages.node).toMatchObject({
      text: 'Hej Astrid!',
      authorKind: 'STAFF',
      sentByMe: false,
      author: { __typename: 'Staff' },
    })
    const sms = await eventually(() => service.sms.sent[0])
    expect(sms.to).toBe('+46701740610')
    expect(sms.text).not.toMatch(/Astrid|vårdcentral|H001/i)

    const reply = await service.ask(patient(astrid), documents.send, { caseId: id, text: 'Tack!', key: nextKey() })
    expect(reply.data.sendMessage).toMatchObject({
      careCase: { status: 'ANSWERED' },
      message: { text: 'Tack!', authorKind: 'PATIENT', sentByMe: true },
      refusal: null,
    })
    const more = await service.ask(nurse, documents.send, { caseId: id, text: 'Hur länge?', key: nextKey() })
    expect(more.data.sendMessage.careCase.status).toBe('AWAITING_PATIENT')
    expect((await chat.next()).chatMessages.node.text).toBe('Tack!')
    expect((await chat.next()).chatMessages.node.text).toBe('Hur länge?')

    const closed = await service.ask(nurse, documents.close, { caseId: id })
    expect(closed.data.closeCase).toEqual({ careCase: { status: 'CLOSED' }, refusal: null })
    expect(await chat.ended).toBe('complete')

    const late = await service.ask(patient(astrid), documents.send, { caseId: id, text: 'En sak till', key: nextKey() })
    expect(late.data.sendMessage).toMatchObject({
      message: null,
      refusal: {
        __typename: 'NoOngoingCase',
        code: 'NO_ONGOING_CASE',
        rule: 'R13',
        redirectUrl: expect.stringContaining('https://www.1177.se'),
      },
    })
    const history = await service.ask(patient(astrid), documents.careCase, { caseId: id })
    expect(history.data.careCase.messages.edges.map((edge: { node: { text: string } }) => edge.node.text)).toEqual([
      'Hej Astrid!',
      'Tack!',
      'Hur länge?',
    ])
    expect(service.sms.sent).toHaveLength(1)
  })
})
