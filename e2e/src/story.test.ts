import { borrowGraph, type TestGraph } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFragment } from './gql/index.js'
import * as ops from './story.operations.js'
import { cough, enter } from './support/cases.js'
import { until } from './support/events.js'
import { People } from './support/people.js'

const healthCentre = 'SE2321000172-H001'
/** A Wednesday morning, when health centres answer themselves. */
const WEDNESDAY_TEN = '2026-11-25T10:00:00+01:00'

describe('from triage to an answered chat, live, through one graph', () => {
  let graph: TestGraph
  let people: People
  let complaint: string
  let unitId: string
  let astridCase: string
  let birgerCase: string

  beforeAll(async () => {
    graph = await borrowGraph()
    await graph.clock.set(WEDNESDAY_TEN, { running: true })
    people = new People(graph)
  })
  afterAll(async () => {
    await people.leave()
    await graph.stop()
  })

  it('[R25] [R29] anybody finds the contact card, and a patient starts a case from it', async () => {
    const { careUnit } = await people.as(null).request(ops.ContactCard, { hsaId: healthCentre })
    expect(careUnit).toMatchObject({ isOpen: true, contactCard: { phone: expect.any(String), url: expect.any(String) } })
    unitId = careUnit?.id as string

    const { questionnaires } = await people.as('astrid').request(ops.Complaints, {})
    const titles = questionnaires.edges.map(({ node }) => node)
    expect(titles.length).toBeGreaterThanOrEqual(4)
    expect(titles.every(({ experimental }) => experimental)).toBe(true)
    complaint = titles.find(({ url }) => url.endsWith('/cough-and-fever'))?.id as string

    const input = { questionnaire: complaint, unitId, entryChannel: 'CONTACT_CARD' as const, idempotencyKey: 'astrid-1' }
    const first = await people.as('astrid').request(ops.StartTriage, { input })
    const again = await people.as('astrid').request(ops.StartTriage, { input })
    const careCase = readFragment(ops.CaseFragment, first.startTriage.careCase)
    expect(careCase?.status).toBe('TRIAGING')
    expect(readFragment(ops.CaseFragment, again.startTriage.careCase)?.id).toBe(careCase?.id)
    astridCase = careCase?.id as string
  })

  it('[R28] an anonymous viewer cannot start one', async () => {
    const { errors } = await people.as(null).execute(ops.StartTriage, {
      input: { questionnaire: complaint, entryChannel: 'START_PAGE', idempotencyKey: 'nobody' },
    })
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  it('[R30] she answers a part, leaves, comes back where she was, and completes', async () => {
    const astrid = people.as('astrid')
    await astrid.request(ops.AnswerTriage, { input: { caseId: astridCase, answers: cough().slice(0, 2) } })
    const early = await astrid.request(ops.CompleteTriage, { input: { caseId: astridCase } })
    expect(early.completeTriage.refusal).toMatchObject({ missing: expect.arrayContaining(['cough']) })

    const { careCase } = await astrid.request(ops.ResumeTriage, { id: astridCase })
    expect(careCase?.triage?.answers.map(({ linkId }) => linkId)).toEqual(['emergency-signs', 'fever'])
    expect(careCase?.triage?.nextItems.map(({ linkId }) => linkId)).toContain('temperature')

    await astrid.request(ops.AnswerTriage, { input: { caseId: astridCase, answers: cough().slice(2) } })
    const { completeTriage } = await astrid.request(ops.CompleteTriage, { input: { caseId: astridCase } })
    expect(completeTriage).toMatchObject({ outcome: 'HEALTH_CENTRE', refusal: null, careCase: { waitingRoom: { position: 1 } } })
    expect(readFragment(ops.CaseFragment, completeTriage.careCase)).toMatchObject({
      status: 'WAITING',
      responder: { hsaId: healthCentre, kind: 'HEALTH_CENTRE' },
    })
    expect(completeTriage.careCase?.feeQuote).toEqual({ amountOre: 0, reason: 'FREE_CHAT' })
  })

  it('[R31] a red flag ends triage at once with 112, outside every queue, also when tried again', async () => {
    const malte = people.as('malte')
    const { startTriage } = await malte.request(ops.StartTriage, {
      input: { questionnaire: complaint, unitId, entryChannel: 'APP', idempotencyKey: 'malte-1' },
    })
    const caseId = readFragment(ops.CaseFragment, startTriage.careCase)?.id as string
    const alarming = { caseId, answers: [{ linkId: 'emergency-signs', codes: ['severe-breathlessness'] }] }
    const { answerTriage } = await malte.request(ops.AnswerTriage, { input: alarming })
    expect(answerTriage).toMatchObject({ outcome: 'CALL_112', assessment: { phoneNumber: '112' } })
    await malte.execute(ops.AnswerTriage, { input: { caseId, answers: cough() } })
    await malte.execute(ops.CompleteTriage, { input: { caseId } })
    const { careCase } = await malte.request(ops.ResumeTriage, { id: caseId })
    expect(careCase?.status).toBe('CLOSED_112')
    await expect(people.as('malte').subscribe(ops.Position, { caseId }).next()).resolves.toMatchObject({
      value: { data: { waitingRoomPosition: { position: null } } },
    })
  })

  it('[R32] her position is live, may get worse, says why, and names no other person', async () => {
    const positions = people.as('astrid').subscribe(ops.Position, { caseId: astridCase })
    const first = await until(positions, () => true)
    expect(first.data.waitingRoomPosition).toMatchObject({
      status: 'WAITING',
      position: 1,
      responder: { name: expect.any(String) },
    })
    // A person of 85 who coughs blood has a greater need, and so goes ahead of her.
    birgerCase = await enter(
      people.as('birger'),
      complaint,
      cough().map((answer) => (answer.linkId === 'cough-kind' ? { linkId: 'cough-kind', codes: ['blood'] } : answer)),
    )
    const behind = await until(positions, ({ data }) => data.waitingRoomPosition.position === 2)
    expect(behind.data.waitingRoomPosition.reason).toBe('HIGHER_NEED_AHEAD')
    expect(JSON.stringify(behind)).not.toMatch(/birger|björk/i)
    await positions.return()
  })

  it('[R32] [A1] staff see the queue of their unit live, with names from another subgraph', async () => {
    const { me } = await people.as('nurse-1').request(ops.Me, {})
    expect(me.unit?.hsaId).toBe(healthCentre)
    const queue = people.as('nurse-1').subscribe(ops.UnitQueue, { unitId })
    const { data } = await until(queue, (event) => event.data.unitQueue.waiting === 2)
    expect(data.unitQueue.entries.map(({ careCase }) => careCase?.patient.displayName)).toEqual(['Birger Björk', 'Astrid Ask'])
    await queue.return()
    await expect(people.as('nurse-2').subscribe(ops.UnitQueue, { unitId }).next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('[R32] two who claim at once get one each, the greatest need first', async () => {
    const nurse = people.as('nurse-1')
    const claims = await Promise.all([nurse.request(ops.Claim, { key: 'claim-a' }), nurse.request(ops.Claim, { key: 'claim-b' })])
    const claimed = claims.map(({ claimNextCase }) => claimNextCase.careCase?.id)
    expect(new Set(claimed)).toEqual(new Set([astridCase, birgerCase]))
    const again = await nurse.request(ops.Claim, { key: 'claim-a' })
    expect(again.claimNextCase.careCase?.id).toBe(claimed[0])
    const empty = await nurse.request(ops.Claim, { key: 'claim-c' })
    expect(empty.claimNextCase.careCase).toBeNull()
  })

  it('[R34] a human answers: one SMS, however often it is sent again', async () => {
    const nurse = people.as('nurse-1')
    const input = { caseId: astridCase, text: 'Hello Astrid, how are you today?', idempotencyKey: 'answer-1' }
    const [first, again] = await Promise.all([nurse.request(ops.Answer, { input }), nurse.request(ops.Answer, { input })])
    expect(first.answerCase.message?.id).toBe(again.answerCase.message?.id)
    expect(['ANSWERED', 'AWAITING_PATIENT']).toContain(first.answerCase.careCase?.status)
    await expect.poll(async () => (await graph.sms('070-1740605')).length).toBe(1)
    const [sms] = await graph.sms('070-1740605')
    expect(sms?.message).not.toMatch(/astrid|cough|hosta/i)
  })

  it('[R13] both sides chat live, in order, each message once, with the author named by another subgraph', async () => {
    const mine = people.as('astrid').subscribe(ops.Chat, { caseId: astridCase })
    const theirs = people.as('nurse-1').subscribe(ops.Chat, { caseId: astridCase })
    expect((await mine.next()).value?.data.chatMessages.node.author).toMatchObject({
      __typename: 'Staff',
      unit: { name: expect.any(String) },
    })
    const send = (person: string, text: string) =>
      people.as(person).request(ops.Send, { input: { caseId: astridCase, text, idempotencyKey: `${person}-${text}` } })
    await send('astrid', 'A little better')
    await send('nurse-1', 'Good to hear')
    await send('astrid', 'Thank you')
    const expected = ['Hello Astrid, how are you today?', 'A little better', 'Good to hear', 'Thank you']
    const seen = { mine: [expected[0]], theirs: [] as (string | undefined)[] }
    while (seen.mine.length < 4) seen.mine.push((await mine.next()).value?.data.chatMessages.node.text)
    while (seen.theirs.length < 4) seen.theirs.push((await theirs.next()).value?.data.chatMessages.node.text)
    expect(seen).toEqual({ mine: expected, theirs: expected })
    await Promise.all([mine.return(), theirs.return()])
  })

  it('[R25] a second case on the same complaint leads to the one she has, and says when to call 112', async () => {
    const { startTriage } = await people.as('astrid').request(ops.StartTriage, {
      input: { questionnaire: complaint, unitId, entryChannel: 'APP', idempotencyKey: 'astrid-2' },
    })
    expect(startTriage.refusal).toMatchObject({
      code: 'CASE_ALREADY_OPEN',
      careCase: { id: astridCase },
      phoneNumber: '112',
      instructions: expect.stringContaining('112'),
    })
  })

  it('[R31] who gets worse while the chat is open is told 112, and her unit’s nurses hear of it live, with her name', async () => {
    const alerts = people.as('nurse-1').subscribe(ops.Alerts, { unitId, after: null })
    const alarming = { caseId: birgerCase, answers: [{ linkId: 'emergency-signs', codes: ['severe-breathlessness'] }] }
    const { answerTriage } = await people.as('birger').request(ops.AnswerTriage, { input: alarming })
    expect(answerTriage).toMatchObject({ outcome: 'CALL_112', assessment: { phoneNumber: '112' }, refusal: null })
    expect(readFragment(ops.CaseFragment, answerTriage.careCase)?.status).toBe('ASSIGNED')
    expect((await alerts.next()).value?.data.caseAlerts.node).toEqual({
      caseId: birgerCase,
      kind: 'RED_FLAG',
      careCase: { redFlag: { assessment: { outcome: 'CALL_112' } }, patient: { displayName: 'Birger Björk' } },
    })
    await alerts.return()
    await expect(people.as('nurse-2').subscribe(ops.Alerts, { unitId, after: null }).next()).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('[R36] [R16] [R18] staff book a visit from the case; the patient gets one SMS and sees fee and deadline', async () => {
    const input = {
      caseId: astridCase,
      startsAt: '2026-11-30T09:00:00+01:00',
      durationMinutes: 30,
      channel: 'PHYSICAL' as const,
      profession: 'DOCTOR' as const,
      visitType: 'FOLLOW_UP' as const,
      idempotencyKey: 'book-1',
    }
    const { bookVisitFromCase } = await people.as('nurse-1').request(ops.Book, { input })
    const again = await people.as('nurse-1').request(ops.Book, { input })
    expect(again.bookVisitFromCase.visit?.id).toBe(bookVisitFromCase.visit?.id)
    expect(bookVisitFromCase).toMatchObject({
      refusal: null,
      visit: {
        status: 'BOOKED',
        feeQuote: { amountOre: 20_000 },
        cancelDeadline: { at: '2026-11-30T08:30:00+01:00', source: 'REGION' },
      },
    })
    await expect.poll(async () => (await graph.sms('070-1740605')).length).toBe(2)
  })

  it('[R36] [A1] when 1177 handles the case, its nurse books at the health centre where it was started, and gets a receipt', async () => {
    await graph.clock.set('2026-11-25T17:00:00+01:00', { running: true })
    const caseId = await enter(people.as('malte'), complaint)
    // Cases that health centre 1 left unanswered have gone to 1177 too, and have the greater need.
    const claim = async () =>
      (await people.as('nurse-1177').request(ops.Claim, { key: crypto.randomUUID() })).claimNextCase.careCase
    while ((await claim())?.id !== caseId);
    const startsAt = '2026-11-30T13:00:00+01:00'
    const input = {
      caseId,
      startsAt,
      durationMinutes: 30,
      channel: 'PHYSICAL' as const,
      profession: 'DOCTOR' as const,
      visitType: 'NEW_PROBLEM' as const,
      idempotencyKey: 'book-by-1177',
    }
    const { bookVisitFromCase } = await people.as('nurse-1177').request(ops.Book, { input })
    expect(bookVisitFromCase).toEqual({
      visit: null,
      refusal: null,
      receipt: {
        startsAt,
        channel: 'PHYSICAL',
        unit: {
          hsaId: 'SE2321000172-H002',
          name: expect.stringContaining('Vårdcentralen Björkdungen'),
          contactCard: { address: { street: expect.any(String), city: expect.any(String) } },
        },
      },
    })
    expect((await people.as('nurse-1177').request(ops.Book, { input })).bookVisitFromCase).toEqual(bookVisitFromCase)
    const atHealthCentre = await people.as('nurse-2').request(ops.UnitVisits, { hsaId: 'SE2321000172-H002' })
    expect(atHealthCentre.careUnit?.visits?.edges.map(({ node }) => node)).toEqual([
      { startsAt, unit: { hsaId: 'SE2321000172-H002' }, patient: { displayName: 'Malte Måne' }, careCase: null },
    ])
    const at1177 = await people.as('nurse-1177').request(ops.History, { caseId })
    expect(at1177.careCase?.visits?.edges).toEqual([])
    const hers = await people.as('malte').request(ops.History, { caseId })
    expect(hers.careCase?.visits?.edges).toEqual([{ node: { startsAt, unit: { name: expect.stringContaining('Björkdungen') } } }])
    await graph.clock.set(WEDNESDAY_TEN, { running: true })
  })

  it('[R13] when staff close the case, history stays and a new message is sent elsewhere', async () => {
    await people.as('nurse-1').request(ops.Close, { caseId: astridCase })
    const { sendMessage } = await people.as('astrid').request(ops.Send, {
      input: { caseId: astridCase, text: 'One more thing', idempotencyKey: 'late' },
    })
    expect(sendMessage).toMatchObject({
      message: null,
      refusal: { code: 'NO_ONGOING_CASE', redirectUrl: expect.stringContaining('1177') },
    })
    const { careCase } = await people.as('astrid').request(ops.History, { caseId: astridCase })
    expect(careCase?.messages.edges).toHaveLength(4)
    expect(careCase?.visits?.edges).toHaveLength(1)
  })

  it('[R20] [R23] a guardian acts for a child of 12, and for one of 13 not at all', async () => {
    const { me } = await people.as('gunilla').request(ops.Me, {})
    expect(me.mayActFor.map(({ displayName }) => displayName).sort()).toEqual(['Lo Gran', 'Tuva Gran'])
    const { me: tuva } = await people.as('tuva').request(ops.Me, {})
    const { me: signe } = await people.as('signe').request(ops.Me, {})
    const { questionnaires } = await people.as('gunilla').request(ops.Complaints, { patientId: tuva.patient?.id ?? null })
    const forChildren = questionnaires.edges.find(({ node }) => node.url.endsWith('/child-fever'))?.node.id as string
    const start = (patientId: string | undefined, key: string) =>
      people.as('gunilla').execute(ops.StartTriage, {
        input: { patientId: patientId ?? null, questionnaire: forChildren, entryChannel: 'START_PAGE', idempotencyKey: key },
      })
    const forTuva = await start(tuva.patient?.id, 'for-tuva')
    expect(readFragment(ops.CaseFragment, forTuva.data?.startTriage.careCase)?.status).toBe('TRIAGING')
    const forSigne = await start(signe.patient?.id, 'for-signe')
    const forNobody = await start(Buffer.from('Patient:00000000-0000-7000-8000-000000000999').toString('base64url'), 'for-nobody')
    expect(forSigne).toEqual(forNobody)
    expect(forSigne.data?.startTriage.careCase ?? null).toBeNull()
  })
})
