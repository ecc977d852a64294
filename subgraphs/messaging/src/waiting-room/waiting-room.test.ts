import { loadPolicies } from '@vardgraf/policy'
import { globalId } from '@vardgraf/relay'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { change, SYSTEM, writingOf } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import {
  caseId,
  centre,
  documents,
  enter,
  eventually,
  knownPeople,
  nextKey,
  nurseLine,
  otherCentre,
  patient,
  staff,
  uuid,
} from '../testing/story.js'

import { reviewCases } from './jobs.js'
import { releaseCase } from './store.js'

const policies = loadPolicies()

const [astrid, birger, malte] = [uuid(1), uuid(2), uuid(8)]
const nurse = staff(centre)
const morning = '2026-11-23T09:00:00+01:00'
const unit = (hsaId: string) => ({ id: globalId('CareUnit', hsaId) })

describe('the waiting room', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService(morning)
    knownPeople(service, { [astrid]: {}, [birger]: {}, [malte]: {} })
  })
  afterAll(() => service.stop())
  beforeEach(async () => {
    service.setClock(morning)
    // Nothing is ever deleted: what an earlier test left behind leaves the waiting room.
    await service.db.careCase.updateMany({ where: { status: { in: ['WAITING', 'ASSIGNED'] } }, data: { status: 'ABANDONED' } })
  })

  const writing = () => writingOf(service)
  /** Looks at what is due at an instant, as the sweeper does, without moving anybody's clock. */
  const sweepAt = (instant: string) =>
    reviewCases({ writing: writing(), policies, clock: { now: () => new Date(instant) }, log: service.platform.log })
  const row = (id: string) => service.db.careCase.findUniqueOrThrow({ where: { id } })
  const history = async (id: string) =>
    (await service.db.caseEvent.findMany({ where: { caseId: id }, orderBy: { version: 'asc' } })).map(({ kind }) => kind)

  it('[R32] a greater need comes ahead: the position gets worse and says why, without a word about the other', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P4' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ position: 1, reason: 'ENTERED' })
    const other = await enter(service, { patientId: birger, priority: 'P2' })
    const event = (await position.next()).waitingRoomPosition
    expect(event).toMatchObject({ position: 2, reason: 'HIGHER_NEED_AHEAD' })
    expect(JSON.stringify(event)).not.toContain(caseId(other))
    expect(JSON.stringify(event)).not.toContain(birger)
    await service.ask(patient(birger), documents.abandon, { caseId: caseId(other) })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ position: 1, reason: 'MOVED_UP' })
  })

  it('[R32] two who claim at once: each gets a case of her own, the greater need first', async () => {
    const rows = []
    for (let n = 0; n < 6; n += 1) rows.push(await enter(service, { patientId: uuid(100 + n) }))
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, n) => service.ask(staff(centre, `nurse-${n}`), documents.claim, { key: nextKey() })),
    )
    const claimed = claims.flatMap(({ data }) => data.claimNextCase.careCase?.id ?? [])
    expect(new Set(claimed).size).toBe(6)
    expect(claimed.toSorted()).toEqual(rows.map(caseId).toSorted())
    expect(claims.filter(({ data }) => data.claimNextCase.refusal?.code === 'QUEUE_EMPTY')).toHaveLength(2)
  })

  it('[R32] a retry of a claim gets the same case, also at the same time', async () => {
    for (const patientId of [astrid, birger, malte]) await enter(service, { patientId })
    const key = nextKey()
    const claims = await Promise.all([1, 2, 3].map(() => service.ask(nurse, documents.claim, { key })))
    expect(new Set(claims.map(({ data }) => data.claimNextCase.careCase.id)).size).toBe(1)
    expect(await service.db.careCase.count({ where: { status: 'ASSIGNED' } })).toBe(1)
  })

  it('[R32] a case that somebody else holds for a moment does not make the queue look empty', async () => {
    const held = await enter(service, { patientId: astrid })
    const release = Promise.withResolvers<void>()
    const holding = service.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM messaging.care_case WHERE id = ${held.id}::uuid FOR UPDATE`
      await release.promise
    })
    const claim = service.ask(nurse, documents.claim, { key: nextKey() })
    setTimeout(release.resolve, 300)
    expect((await claim).data.claimNextCase.careCase.id).toBe(caseId(held))
    await holding
  })

  it('[A1] staff claim from their own unit alone, and an administrator from none', async () => {
    await enter(service, { patientId: astrid })
    expect((await service.ask(staff(otherCentre), documents.claim, { key: nextKey() })).data.claimNextCase).toMatchObject({
      careCase: null,
      refusal: { code: 'QUEUE_EMPTY' },
    })
    const admin = staff(centre, 'admin', 'UNIT_ADMINISTRATOR')
    expect((await service.ask(admin, documents.claim, { key: nextKey() })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await service.ask(patient(astrid), documents.claim, { key: nextKey() })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    )
  })

  it('[A1] another unit’s queue cannot be followed, nor read', async () => {
    await enter(service, { patientId: astrid })
    const stream = await service.stream(staff(otherCentre), documents.queue, { unitId: unit(centre).id })
    expect(await stream.ended).toBe('NOT_FOUND')
    const asPatient = await service.stream(patient(astrid), documents.queue, { unitId: unit(centre).id })
    expect(await asPatient.ended).toBe('NOT_FOUND')
    const read = `query ($id: ID!) { _entities(representations: [{ __typename: "CareUnit", id: $id }]) { ... on CareUnit { waitingRoom(first: 10) { edges { node { caseId position } } } } } }`
    const ask = async (viewer: ReturnType<typeof staff>) =>
      (await service.ask(viewer, read, { id: unit(centre).id })).data._entities[0].waitingRoom
    expect(await ask(staff(otherCentre))).toBeNull()
    expect((await ask(nurse)).edges).toHaveLength(1)
    expect((await ask(staff(centre, 'admin', 'UNIT_ADMINISTRATOR'))).edges).toHaveLength(1)
  })

  it('pages through the queue by cursor, and stays in place when the first is called', async () => {
    const rows = []
    for (let n = 0; n < 5; n += 1) rows.push(await enter(service, { patientId: uuid(100 + n), priority: n === 4 ? 'P2' : 'P4' }))
    const ordered = [rows[4], ...rows.slice(0, 4)].map((each) => (each ? caseId(each) : ''))
    const read = `query ($id: ID!, $after: String) { _entities(representations: [{ __typename: "CareUnit", id: $id }]) { ... on CareUnit { waitingRoom(first: 2, after: $after) { edges { cursor node { caseId position } } pageInfo { hasNextPage endCursor } } } } }`
    const page = async (after?: string) =>
      (await service.ask(nurse, read, { id: unit(centre).id, after })).data._entities[0].waitingRoom
    const first = await page()
    expect(first.edges.map((edge: { node: { caseId: string } }) => edge.node.caseId)).toEqual(ordered.slice(0, 2))
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const second = await page(first.pageInfo.endCursor)
    expect(second.edges.map((edge: { node: object }) => edge.node)).toEqual([
      { caseId: ordered[2], position: 2 },
      { caseId: ordered[3], position: 3 },
    ])
    expect(second.pageInfo.hasNextPage).toBe(true)
  })

  it('[R32] released, a case is back at its old place', async () => {
    const [first, second] = [await enter(service, { patientId: astrid }), await enter(service, { patientId: birger })]
    const key = nextKey()
    await service.ask(nurse, documents.claim, { key })
    service.setClock('2026-11-23T10:00:00+01:00')
    expect((await service.ask(nurse, documents.release, { caseId: caseId(first) })).data.releaseCase).toEqual({
      careCase: { status: 'WAITING' },
      refusal: null,
    })
    expect(await row(first.id)).toMatchObject({ enteredAt: first.enteredAt, targetAt: first.targetAt, assignedToId: null })
    const { data } = await service.ask(patient(astrid), documents.careCase, { caseId: caseId(first) })
    expect(data.careCase.waitingRoom).toEqual({ position: 1, reason: 'BACK_IN_QUEUE' })
    const again = await service.ask(nurse, documents.release, { caseId: caseId(second) })
    expect(again.data.releaseCase.refusal.code).toBe('CASE_NOT_ASSIGNED')
    // Its first claim is over: the key gives neither the case nor another one.
    const retried = await service.ask(nurse, documents.claim, { key })
    expect(retried.data.claimNextCase).toMatchObject({ careCase: null, refusal: { code: 'CASE_NOT_ASSIGNED' } })
  })

  it('[R32] called and given back: she is told of both, with her position, and the stream ends with the answer', async () => {
    const mine = await enter(service, { patientId: astrid })
    const follow = () => service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    const position = await follow()
    await position.next()
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const called = { status: 'ASSIGNED', position: null, opensAt: null, reason: 'CALLED' }
    expect((await position.next()).waitingRoomPosition).toMatchObject(called)
    // Who lost the connection meanwhile is told the same, and goes on as well.
    const again = await follow()
    expect((await again.next()).waitingRoomPosition).toMatchObject(called)
    await service.ask(nurse, documents.release, { caseId: caseId(mine) })
    for (const stream of [position, again])
      expect((await stream.next()).waitingRoomPosition).toMatchObject({
        status: 'WAITING',
        position: 1,
        opensAt: morning,
        reason: 'BACK_IN_QUEUE',
      })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    await service.ask(nurse, documents.answer, { caseId: caseId(mine), text: 'svar', key: nextKey() })
    for (const stream of [position, again]) {
      expect((await stream.next()).waitingRoomPosition).toMatchObject({ reason: 'CALLED' })
      expect((await stream.next()).waitingRoomPosition).toMatchObject({ status: 'ANSWERED', position: null, reason: 'ANSWERED' })
      expect(await stream.ended).toBe('complete')
    }
  })

  it('[R32, R33] taken back from busy hands and sent on to 1177, she is told that she is back in the queue, and with whom', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    await position.next()
    await service.ask(nurse, documents.claim, { key: nextKey() })
    expect((await position.next()).waitingRoomPosition.reason).toBe('CALLED')
    await sweepAt('2026-11-24T08:00:00+01:00')
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      reason: 'BACK_IN_QUEUE',
      position: 1,
      responder: unit(nurseLine),
    })
  })

  it('[R33, A7] only who has claimed a case gives it back: a colleague of the same unit is refused, and told what to do', async () => {
    const mine = await enter(service, { patientId: astrid })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const colleague = await service.ask(staff(centre, 'another'), documents.release, { caseId: caseId(mine) })
    expect(colleague.data.releaseCase).toMatchObject({
      careCase: { status: 'ASSIGNED' },
      refusal: { code: 'CASE_NOT_ASSIGNED', unlock: expect.any(String) },
    })
    expect(await row(mine.id)).toMatchObject({ status: 'ASSIGNED', assignedToId: `nurse at ${centre}` })
    expect((await service.ask(nurse, documents.release, { caseId: caseId(mine) })).data.releaseCase.refusal).toBeNull()
  })

  it('[R32, A7] a claim sent again gives the case as long as it is hers and ongoing; then it is refused, and says so', async () => {
    const mine = await enter(service, { patientId: astrid })
    const key = nextKey()
    const claim = async () => (await service.ask(nurse, documents.claim, { key })).data.claimNextCase
    await claim()
    await service.ask(nurse, documents.answer, { caseId: caseId(mine), text: 'svar', key: nextKey() })
    expect(await claim()).toMatchObject({ careCase: { id: caseId(mine), status: 'ANSWERED' }, refusal: null })
    await service.ask(nurse, documents.close, { caseId: caseId(mine) })
    expect(await claim()).toMatchObject({ careCase: null, refusal: { code: 'CLAIMED_CASE_ENDED', unlock: expect.any(String) } })
    // And it takes nobody else's place.
    const other = await enter(service, { patientId: birger })
    expect(await claim()).toMatchObject({ careCase: null, refusal: { code: 'CLAIMED_CASE_ENDED' } })
    expect((await row(other.id)).status).toBe('WAITING')
  })

  it('[R32] assessed anew: the place follows the new priority from the old time of entry, and the patient is told', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    await enter(service, { patientId: birger, priority: 'P3' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    expect((await position.next()).waitingRoomPosition.position).toBe(2)
    const { data } = await service.ask(nurse, documents.reprioritise, { caseId: caseId(mine), priority: 'P2' })
    expect(data.reprioritiseCase).toMatchObject({ careCase: { priority: 'P2' }, refusal: null })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ position: 1, reason: 'REPRIORITISED' })
    expect((await row(mine.id)).enteredAt).toEqual(mine.enteredAt)
  })

  it('[R27, R32] assessed as acute, it is with 1177’s nurses at once, and out of the first unit’s sight', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P3' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    await position.next()
    const { data } = await service.ask(nurse, documents.reprioritise, { caseId: caseId(mine), priority: 'P1' })
    expect(data.reprioritiseCase).toEqual({ careCase: null, refusal: null })
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      position: 1,
      reason: 'REPRIORITISED',
      responder: unit(nurseLine),
    })
    expect((await service.ask(nurse, documents.careCase, { caseId: caseId(mine) })).data.careCase).toBeNull()
    expect((await service.ask(staff(nurseLine), documents.claim, { key: nextKey() })).data.claimNextCase.careCase.id).toBe(
      caseId(mine),
    )
  })

  it('[R32] who leaves is out of the queue and hears so; who comes back starts anew; once called she cannot leave', async () => {
    const mine = await enter(service, { patientId: astrid })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    await position.next()
    const left = await service.ask(patient(astrid), documents.abandon, { caseId: caseId(mine) })
    expect(left.data.abandonCase).toEqual({ careCase: { status: 'ABANDONED' }, refusal: null })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ status: 'ABANDONED', position: null, reason: 'LEFT' })
    expect(await position.ended).toBe('complete')
    expect((await service.ask(nurse, documents.claim, { key: nextKey() })).data.claimNextCase.refusal.code).toBe('QUEUE_EMPTY')
    expect((await service.ask(patient(astrid), documents.abandon, { caseId: caseId(mine) })).data.abandonCase.refusal).toBeNull()

    const back = await enter(service, { patientId: astrid })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const late = await service.ask(patient(astrid), documents.abandon, { caseId: caseId(back) })
    expect(late.data.abandonCase).toEqual({ careCase: { status: 'ASSIGNED' }, refusal: { code: 'CASE_NOT_WAITING' } })
  })

  it('[R27] when the health centre closes its waiting cases go to 1177’s nurses, and at night back to the centre', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    expect((await position.next()).waitingRoomPosition.responder).toEqual(unit(centre))
    service.setClock('2026-11-23T15:59:59+01:00')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await row(mine.id)).responderUnitId).toBe(centre)
    service.setClock('2026-11-23T16:00:00+01:00')
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      reason: 'ROUTED_ELSEWHERE',
      responder: unit(nurseLine),
      opensAt: '2026-11-23T16:00:00+01:00',
    })
    service.setClock('2026-11-23T22:00:00+01:00')
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      reason: 'ROUTED_ELSEWHERE',
      responder: unit(centre),
      opensAt: '2026-11-24T08:00:00+01:00',
    })
  })

  it('[R27, R33] due before the health centre opens again, it stays with 1177’s nurses when their line closes', async () => {
    service.setClock('2026-11-24T02:00:00+01:00')
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    const position = await service.stream(patient(astrid), documents.position, { caseId: caseId(mine) })
    expect((await position.next()).waitingRoomPosition).toMatchObject({
      responder: unit(centre),
      opensAt: '2026-11-24T08:00:00+01:00',
    })
    for (const hour of ['08', '16', '22']) {
      service.setClock(`2026-11-24T${hour}:00:00+01:00`)
      await eventually(async () => ((await row(mine.id)).reviewAt ?? 0) > service.now())
    }
    // She is told nothing at 22: the same nurses answer, and have been there since 16.
    expect(await row(mine.id)).toMatchObject({ responderUnitId: nurseLine, opensAt: new Date('2026-11-24T16:00:00+01:00') })
    expect(await history(mine.id)).toEqual(['OPENED', 'ENTERED', 'ROUTED'])
    expect((await service.ask(staff(nurseLine), documents.claim, { key: nextKey() })).data.claimNextCase.careCase.id).toBe(
      caseId(mine),
    )
  })

  it('[R33] two hours before it is due the unit is warned, an hour later 1177’s nurses take over, at any hour', async () => {
    service.setClock('2026-11-23T08:30:00+01:00')
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    const queue = await service.stream(nurse, documents.queue, { unitId: unit(centre).id })
    expect((await queue.next()).unitQueue.entries[0].dueSoon).toBe(false)
    for (const hour of ['16', '22']) {
      service.setClock(`2026-11-23T${hour}:00:00+01:00`)
      await eventually(async () => ((await row(mine.id)).reviewAt ?? 0) > service.now())
    }
    service.setClock('2026-11-24T06:30:00+01:00')
    await eventually(() => queue.events.some((event) => event.unitQueue.entries[0]?.dueSoon))
    service.setClock('2026-11-24T07:30:00+01:00')
    const overflowed = await eventually(async () => {
      const now = await row(mine.id)
      return now.overflowedAt && now
    })
    expect(overflowed).toMatchObject({ responderUnitId: nurseLine, opensAt: service.now(), status: 'WAITING' })
    expect(await history(mine.id)).toEqual(['OPENED', 'ENTERED', 'ROUTED', 'ROUTED', 'DUE_SOON', 'OVERFLOWED'])
    expect((await service.ask(staff(nurseLine), documents.claim, { key: nextKey() })).data.claimNextCase.careCase.id).toBe(
      caseId(mine),
    )
  })

  it('[R33] what a nurse has begun with and does not answer goes back in time, and 1177’s nurses answer it', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    await sweepAt('2026-11-24T07:59:59+01:00')
    expect((await row(mine.id)).status).toBe('ASSIGNED')
    await sweepAt('2026-11-24T08:00:00+01:00')
    expect(await row(mine.id)).toMatchObject({ status: 'WAITING', responderUnitId: nurseLine, assignedToId: null })
    expect(await history(mine.id)).toEqual(['OPENED', 'ENTERED', 'CLAIMED', 'RELEASED', 'OVERFLOWED'])
    const late = await service.ask(nurse, documents.answer, { caseId: caseId(mine), text: 'svar', key: nextKey() })
    expect(late.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    const { data } = await service.ask(staff(nurseLine), documents.claim, { key: nextKey() })
    expect(data.claimNextCase.careCase.id).toBe(caseId(mine))
    await service.ask(staff(nurseLine), documents.answer, { caseId: caseId(mine), text: 'svar', key: nextKey() })
    expect(await row(mine.id)).toMatchObject({ status: 'ANSWERED', reviewAt: null })
  })

  it('[R33] released after its time in the night, it overflows at once, not when somebody opens', async () => {
    const mine = await enter(service, { patientId: astrid, priority: 'P5' })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const night = '2026-11-24T23:30:00+01:00'
    await change(
      writing(),
      () => new Date(night),
      async (under) => releaseCase(under, policies, await row(mine.id), SYSTEM),
    )
    await sweepAt(night)
    expect(await row(mine.id)).toMatchObject({ status: 'WAITING', responderUnitId: nurseLine, overflowedAt: new Date(night) })
  })

  it('[R27] two processes that sweep at once route each case once', async () => {
    const ids: string[] = []
    for (let n = 0; n < 20; n += 1) ids.push((await enter(service, { patientId: uuid(100 + n), priority: 'P5' })).id)
    await Promise.all([1, 2, 3].map(() => sweepAt('2026-11-23T16:00:00+01:00')))
    expect(await service.db.caseEvent.count({ where: { kind: 'ROUTED', caseId: { in: ids } } })).toBe(20)
    expect(await service.db.careCase.count({ where: { responderUnitId: nurseLine, status: 'WAITING' } })).toBe(20)
  })

  it('[R32] while many are called at once, every word to those who wait is of one moment, and the last is that they are called', async () => {
    const rows = []
    for (let n = 0; n < 12; n += 1) rows.push(await enter(service, { patientId: uuid(200 + n), priority: n % 2 ? 'P2' : 'P4' }))
    const streams = await Promise.all(
      rows.map((each) => service.stream(patient(each.patientId), documents.position, { caseId: caseId(each) })),
    )
    await Promise.all(streams.map((stream) => stream.next()))
    await Promise.all(rows.map((_, n) => service.ask(staff(centre, `nurse-${n}`), documents.claim, { key: nextKey() })))
    for (const stream of streams) {
      await eventually(() => stream.events.at(-1).waitingRoomPosition.reason === 'CALLED')
      const told = stream.events.map((event) => event.waitingRoomPosition)
      for (const { status, position } of told) expect(status === 'WAITING').toBe(position !== null)
      expect(told.at(-1)).toMatchObject({ status: 'ASSIGNED', position: null, reason: 'CALLED' })
    }
  })

  it('[R32] the unit’s warning says nothing to the one who waits', async () => {
    const mine = await enter(service, { patientId: uuid(78), priority: 'P5' })
    const position = await service.stream(patient(uuid(78)), documents.position, { caseId: caseId(mine) })
    expect((await position.next()).waitingRoomPosition.reason).toBe('ENTERED')
    await service.db.careCase.update({
      where: { id: mine.id },
      data: { enteredAt: new Date('2026-11-22T11:00:00+01:00'), reviewAt: service.now() },
    })
    await reviewCases({ writing: writing(), policies, clock: service.platform.clock, log: service.platform.log })
    expect(await history(mine.id)).toEqual(['OPENED', 'ENTERED', 'DUE_SOON'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(position.events).toHaveLength(1)
    const { data } = await service.ask(patient(uuid(78)), documents.careCase, { caseId: caseId(mine) })
    expect(data.careCase.waitingRoom.reason).toBe('ENTERED')
  })

  it('[R26] who is listed elsewhere in the middle of a case keeps it where it is', async () => {
    const mine = await enter(service, { patientId: astrid })
    service.neighbours.people.set(astrid, {
      birthDate: '1990-01-01',
      phone: null,
      protectedIdentity: false,
      listedUnitId: otherCentre,
    })
    service.setClock('2026-11-23T16:00:00+01:00')
    await eventually(async () => (await row(mine.id)).responderUnitId === nurseLine)
    service.setClock('2026-11-23T22:00:00+01:00')
    await eventually(async () => (await row(mine.id)).responderUnitId === centre)
    expect((await row(mine.id)).unitId).toBe(centre)
  })

  it('[R25] two cases on different matters wait side by side', async () => {
    const twice = uuid(77)
    const [one, two] = [await enter(service, { patientId: twice }), await enter(service, { patientId: twice, priority: 'P2' })]
    const { data } = await service.ask(
      patient(twice),
      'query ($id: ID!) { _entities(representations: [{ __typename: "Patient", id: $id }]) { ... on Patient { careCases(first: 10) { edges { node { id waitingRoom { position } } } } } } }',
      { id: globalId('Patient', twice) },
    )
    const found = data._entities[0].careCases.edges.map((edge: { node: object }) => edge.node)
    expect(found).toHaveLength(2)
    expect(found).toContainEqual({ id: caseId(one), waitingRoom: { position: 2 } })
    expect(found).toContainEqual({ id: caseId(two), waitingRoom: { position: 1 } })
  })

  it('[R20, R23] only the patient follows her place: staff and strangers do not', async () => {
    const mine = await enter(service, { patientId: astrid })
    expect(await (await service.stream(nurse, documents.position, { caseId: caseId(mine) })).ended).toBe('FORBIDDEN')
    expect(await (await service.stream(patient(birger), documents.position, { caseId: caseId(mine) })).ended).toBe('NOT_FOUND')
    expect(
      await (await service.stream(patient(birger), documents.position, { caseId: globalId('CareCase', uuid(404)) })).ended,
    ).toBe('NOT_FOUND')
  })
})
