import { loadPolicies } from '@vardgraf/policy'
import { cursorOf, globalId, integer } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writingOf } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import { centre, documents, eventually, nextKey, nurseLine, otherCentre, patient, rowId, staff } from '../testing/story.js'
import { bloodClot, chestPain, type GivenAnswer, questionnaire, triaging } from '../testing/triaging.js'
import { reviewCases } from '../waiting-room/jobs.js'

const noon = '2026-11-23T12:00:00+01:00'
const call112 = {
  outcome: 'CALL_112',
  assessment: { phoneNumber: '112', instructions: expect.stringContaining('The staff who have your case are told at once') },
}
const faint: GivenAnswer = { linkId: 'with-it', codes: ['faint'] }
const onEffort: GivenAnswer[] = [
  { linkId: 'effort', boolean: true },
  { linkId: 'character', codes: ['pressure'] },
]

describe('who gets worse once staff have begun', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  /** A unit for each test, so that its alerts are this test's alone. */
  let unit: string
  let nurse: Viewer
  let units = 100
  beforeAll(async () => {
    service = await startService(noon)
    service.neighbours.unitKinds.set(nurseLine, 'NURSE_LINE_1177')
    triage = triaging(service)
  })
  beforeEach(async () => {
    service.setClock(noon)
    // Nothing is ever deleted: what an earlier test left behind is out of the way.
    await service.db.careCase.updateMany({ where: { status: { in: ['WAITING', 'ASSIGNED'] } }, data: { status: 'ABANDONED' } })
    unit = `SE2321000172-H${units++}`
    nurse = staff(unit, `nurse at ${unit}`)
    astrid = triage.person('1992-03-01', unit)
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  const unitId = () => globalId('CareUnit', unit)
  const waiting = async (): Promise<string> => {
    const id = await triage.started(viewer, { questionnaire: questionnaire('chest-pain') })
    await triage.answer(viewer, id, chestPain)
    expect((await triage.complete(viewer, id)).careCase).toMatchObject({ status: 'WAITING', priority: 'P3' })
    return id
  }
  const assigned = async (): Promise<string> => {
    const id = await waiting()
    const { data } = await service.ask(nurse, documents.claim, { key: nextKey() })
    expect(data.claimNextCase.careCase.id).toBe(id)
    return id
  }
  const answered = async (): Promise<string> => {
    const id = await assigned()
    await service.ask(nurse, documents.answer, { caseId: id, text: 'Hej!', key: nextKey() })
    // She writes, and so it is the care's turn again.
    await service.ask(viewer, documents.send, { caseId: id, text: 'Hej!', key: nextKey() })
    return id
  }
  const awaitingPatient = async (): Promise<string> => {
    const id = await answered()
    await service.ask(nurse, documents.send, { caseId: id, text: 'Hur länge?', key: nextKey() })
    return id
  }
  const history = async (id: string) =>
    (await service.db.caseEvent.findMany({ where: { caseId: rowId(id) }, orderBy: { version: 'asc' } })).map(({ kind }) => kind)
  const alerts = () => service.stream(nurse, documents.alerts, { unitId: unitId() })
  const writing = () => writingOf(service)
  const sweepAt = (instant: string) =>
    reviewCases({
      writing: writing(),
      policies: loadPolicies(),
      clock: { now: () => new Date(instant) },
      log: service.platform.log,
    })

  it('[R31] in a case whose place cannot be worked out she is told 112 all the same, and its staff are alerted', async () => {
    const id = await assigned()
    await service.db.careCase.update({ where: { id: rowId(id) }, data: { region: 'nowhere' } })
    const stream = await alerts()
    expect(await triage.answer(viewer, id, [faint])).toMatchObject({ ...call112, careCase: { status: 'ASSIGNED' } })
    expect((await stream.next()).caseAlerts.node).toMatchObject({ caseId: id, kind: 'RED_FLAG' })
    // The sweep of this service would look at it for ever.
    await service.db.careCase.update({ where: { id: rowId(id) }, data: { region: 'vastmanland' } })
  })

  it('[R31, R44] a nurse who has begun does not change what triage told before: nobody is sent to the phone', async () => {
    const before = await triage.read(viewer, await waiting())
    const id = before.id
    service.setClock('2026-11-23T12:01:00+01:00')
    await service.ask(nurse, documents.claim, { key: nextKey() })
    const read = await triage.read(viewer, id)
    expect(read).toMatchObject({ status: 'ASSIGNED', triage: { assessment: before.triage.assessment } })
    expect(read.triage.assessment).not.toBeNull()
  })

  it('[R32, A7] a claim sent again with another assignment is refused: the case is not hers there', async () => {
    await waiting()
    const key = nextKey()
    const { data } = await service.ask(nurse, documents.claim, { key })
    expect(data.claimNextCase.careCase).not.toBeNull()
    const elsewhere = { ...nurse, unitId: otherCentre } as Viewer
    expect((await service.ask(elsewhere, documents.claim, { key })).data.claimNextCase).toMatchObject({
      careCase: null,
      refusal: { code: 'CASE_NOT_ASSIGNED' },
    })
  })

  describe.each([
    ['ASSIGNED', assigned],
    ['ANSWERED', answered],
    ['AWAITING_PATIENT', awaitingPatient],
  ] as const)('in %s', (status, reach) => {
    it.each([
      ['[R31] a red flag', async (id: string) => triage.answer(viewer, id, [faint]), 'faint'],
      [
        '[R31] what the assessment finds',
        async (id: string) => {
          expect(await triage.answer(viewer, id, bloodClot)).toMatchObject({ outcome: null, refusal: null, errors: [] })
          return triage.complete(viewer, id)
        },
        'embolism',
      ],
    ])('%s tells her 112 at once; the case stays open, and its staff are alerted live', async (_what, tell, ruleId) => {
      const id = await reach()
      service.setClock('2026-11-23T12:05:00+01:00')
      const stream = await alerts()
      const notified = () => service.db.notification.count({ where: { caseId: rowId(id) } })
      // What the answer sends comes by a job of its own.
      const before = status === 'ASSIGNED' ? 0 : 1
      await eventually(async () => (await notified()) === before)
      expect(await tell(id)).toMatchObject({
        ...call112,
        refusal: null,
        careCase: { status, outcome: 'CALL_112', waitingRoom: null, redFlag: { raisedAt: '2026-11-23T12:05:00+01:00' } },
      })
      const alert = (await stream.next()).caseAlerts.node
      expect(alert).toMatchObject({
        caseId: id,
        kind: 'RED_FLAG',
        careCase: { id, status, redFlag: { assessment: { outcome: 'CALL_112' } } },
      })
      expect((await history(id)).at(-1)).toBe('RED_FLAG')
      const result = await service.db.triageResult.findFirst({ where: { caseId: rowId(id) }, orderBy: { seq: 'desc' } })
      expect(result).toMatchObject({ ruleId, outcome: 'CALL_112' })
      const inHand = async (redFlagged: boolean) =>
        (await service.ask(nurse, documents.inHand, { id: unitId(), redFlagged })).data._entities[0].casesInHand.edges
      expect(await inHand(true)).toMatchObject([
        { node: { id, priority: 'P1', redFlag: { assessment: { outcome: 'CALL_112' } } } },
      ])
      expect(await inHand(false)).toHaveLength(1)
      // 112 itself sends no SMS; and it is told again, without alarming anybody anew.
      expect(await notified()).toBe(before)
      expect(await triage.complete(viewer, id)).toMatchObject({ ...call112, refusal: null, careCase: { status } })
      expect(await triage.answer(viewer, id, [{ linkId: 'anything-else', text: 'help' }])).toMatchObject({ ...call112 })
      expect(await triage.answer(viewer, id, [])).toMatchObject({ ...call112, refusal: null })
      expect(await service.db.caseAlert.count({ where: { unitId: unit } })).toBe(1)
    })

    it('[R32] a greater need that is no emergency is kept and told to its staff, and costs her nothing', async () => {
      const id = await reach()
      service.setClock('2026-11-23T12:05:00+01:00')
      const stream = await alerts()
      await triage.answer(viewer, id, onEffort)
      expect(await triage.complete(viewer, id)).toMatchObject({
        outcome: 'NURSE_LINE_1177',
        // Whoever has it may have closed for the night, and no other queue takes her meanwhile.
        assessment: { phoneNumber: '1177', instructions: expect.stringContaining('Call 1177') },
        refusal: null,
        careCase: { status, priority: 'P1', redFlag: null },
      })
      expect((await stream.next()).caseAlerts.node).toMatchObject({ caseId: id, kind: 'WORSENED', careCase: { redFlag: null } })
      expect((await history(id)).at(-1)).toBe('WORSENED')
      const row = await service.db.careCase.findUniqueOrThrow({ where: { id: rowId(id) } })
      expect(row).toMatchObject({ responderUnitId: unit, assignedToId: `nurse at ${unit}` })
      await triage.answer(viewer, id, [{ linkId: 'effort', boolean: false }])
      expect(await triage.complete(viewer, id)).toMatchObject({ careCase: { status, priority: 'P1' }, refusal: null })
    })

    it('[R30] questions that are left are asked for, and nothing is decided in the dark', async () => {
      const id = await reach()
      await triage.answer(viewer, id, [{ linkId: 'swollen-leg' }])
      expect(await triage.complete(viewer, id)).toMatchObject({
        outcome: null,
        refusal: { code: 'TRIAGE_INCOMPLETE', missing: ['swollen-leg'] },
      })
      await triage.answer(viewer, id, [faint])
      expect(await triage.complete(viewer, id)).toMatchObject({ ...call112, refusal: null })
    })

    it('[R31, R33] staff end the case when they have seen to her', async () => {
      const id = await reach()
      await triage.answer(viewer, id, [faint])
      expect((await service.ask(nurse, documents.close, { caseId: id })).data.closeCase).toEqual({
        careCase: { status: 'CLOSED' },
        refusal: null,
      })
      expect(await triage.rowOf(id)).toMatchObject({ review_at: null, queue_class: null, outcome: 'CALL_112' })
      expect(await triage.read(nurse, id)).toMatchObject({ status: 'CLOSED', redFlag: { assessment: { outcome: 'CALL_112' } } })
    })
  })

  it('[R31] a red flag that goes and comes back alarms anew, and so does another one', async () => {
    const id = await assigned()
    await triage.answer(viewer, id, [faint])
    expect(await triage.answer(viewer, id, [{ linkId: 'with-it', codes: ['none'] }])).toMatchObject({ ...call112, refusal: null })
    await triage.answer(viewer, id, [faint])
    await triage.answer(viewer, id, [
      { linkId: 'now', boolean: true },
      { linkId: 'character', codes: ['pressure'] },
    ])
    const page = await service.db.caseAlert.findMany({ where: { unitId: unit }, orderBy: { seq: 'asc' } })
    expect(page.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'RED_FLAG'],
      [2, 'RED_FLAG'],
      [3, 'RED_FLAG'],
    ])
    expect((await triage.read(nurse, id)).redFlag.assessment.reason).toContain('heart attack')
  })

  it('[R33] who was told 112 before the answer can be answered, and closed without one; she is not handed back by hand', async () => {
    const id = await assigned()
    expect((await service.ask(nurse, documents.close, { caseId: id })).data.closeCase.refusal.code).toBe('CASE_NOT_ANSWERED')
    await triage.answer(viewer, id, [faint])
    expect((await service.ask(nurse, documents.release, { caseId: id })).data.releaseCase).toMatchObject({
      careCase: { status: 'ASSIGNED' },
      refusal: { code: 'RED_FLAG_RAISED' },
    })
    const said = await service.ask(nurse, documents.answer, { caseId: id, text: 'Har du ringt 112?', key: nextKey() })
    expect(said.data.answerCase).toMatchObject({ careCase: { status: 'ANSWERED' }, refusal: null })
    expect(
      (await service.ask(viewer, documents.send, { caseId: id, text: 'Ja', key: nextKey() })).data.sendMessage.refusal,
    ).toBeNull()
  })

  it('[R31, R33] unanswered, it goes to 1177’s nurses as acute within a quarter of an hour, without a place for her to wait in', async () => {
    const id = await assigned()
    const position = await service.stream(viewer, documents.position, { caseId: id })
    await triage.answer(viewer, id, [faint])
    const at1177 = await service.stream(staff(nurseLine), documents.alerts, { unitId: globalId('CareUnit', nurseLine) })
    await sweepAt('2026-11-23T12:14:59+01:00')
    expect((await triage.read(viewer, id)).status).toBe('ASSIGNED')
    await sweepAt('2026-11-23T12:15:00+01:00')
    expect(await triage.rowOf(id)).toMatchObject({
      status: 'WAITING',
      responder_unit_id: nurseLine,
      priority: 'P1',
      queue_class: 0,
      outcome: 'CALL_112',
    })
    expect((await at1177.next()).caseAlerts.node).toMatchObject({ caseId: id, kind: 'RED_FLAG', careCase: { status: 'WAITING' } })
    const queue = await service.stream(
      staff(nurseLine),
      'subscription ($unitId: ID!) { unitQueue(unitId: $unitId) { entries { caseId redFlag } } }',
      { unitId: globalId('CareUnit', nurseLine) },
    )
    expect((await queue.next()).unitQueue.entries).toEqual([{ caseId: id, redFlag: true }])
    // She has no place, is still told 112, cannot leave, and ends nothing by answering once more.
    expect((await triage.read(viewer, id)).waitingRoom).toBeNull()
    for (const event of position.events) expect(event.waitingRoomPosition.position).toBeNull()
    expect((await service.ask(viewer, documents.abandon, { caseId: id })).data.abandonCase.refusal.code).toBe('CASE_NOT_WAITING')
    expect(
      await triage.answer(viewer, id, [
        { linkId: 'now', boolean: true },
        { linkId: 'character', codes: ['pressure'] },
      ]),
    ).toMatchObject({ ...call112, careCase: { status: 'WAITING' } })
    const claimed = await service.ask(staff(nurseLine), documents.claim, { key: nextKey() })
    expect(claimed.data.claimNextCase.careCase.id).toBe(id)
    expect((await service.ask(staff(nurseLine), documents.close, { caseId: id })).data.closeCase.refusal).toBeNull()
  })

  it('[R31] her own stream says 112 where the case is called, and goes on', async () => {
    const id = await waiting()
    const position = await service.stream(viewer, documents.position, { caseId: id })
    expect((await position.next()).waitingRoomPosition).toMatchObject({ position: 1, reason: 'ENTERED' })
    await service.ask(nurse, documents.claim, { key: nextKey() })
    expect((await position.next()).waitingRoomPosition.reason).toBe('CALLED')
    await triage.answer(viewer, id, [faint])
    const again = await service.stream(viewer, documents.position, { caseId: id })
    expect((await again.next()).waitingRoomPosition).toMatchObject({ status: 'ASSIGNED', position: null, reason: 'RED_FLAG' })
  })

  describe('the alerts', () => {
    const refused = async (who: Viewer) => (await service.stream(who, documents.alerts, { unitId: unitId() })).ended
    it('[A1, A7] are the unit’s care staff’s alone: for others they look like those of no unit', async () => {
      const id = await assigned()
      await triage.answer(viewer, id, [faint])
      expect(await refused(staff(otherCentre))).toBe('NOT_FOUND')
      expect(await refused(staff(unit, 'admin', 'UNIT_ADMINISTRATOR'))).toBe('NOT_FOUND')
      expect(await refused(viewer)).toBe('NOT_FOUND')
      expect(await refused({ kind: 'ANONYMOUS' })).toBe('UNAUTHENTICATED')
      const nowhere = await service.stream(nurse, documents.alerts, { unitId: globalId('CareUnit', 'SE2321000172-X999') })
      expect(await nowhere.ended).toBe('NOT_FOUND')
      const ofCase = await service.stream(nurse, documents.alerts, { unitId: id })
      expect(await ofCase.ended).toBe('NOT_FOUND')
    })

    it('[A3] each is logged before the case leaves', async () => {
      const id = await assigned()
      const stream = await alerts()
      await triage.answer(viewer, id, [faint])
      await stream.next()
      const looks = await triage.rows(
        'SELECT 1 FROM audit.audit_event WHERE patient_id = $1 AND actor_id = $2',
        astrid,
        `nurse at ${unit}`,
      )
      expect(looks.length).toBeGreaterThan(0)
    })

    it('[R31] of open cases come first, then each new one once, and behind a cursor what was missed', async () => {
      const ended = await assigned()
      await triage.answer(viewer, ended, [faint])
      await service.ask(nurse, documents.close, { caseId: ended })
      viewer = patient(triage.person('1990-01-01', unit))
      const open = await assigned()
      await triage.answer(viewer, open, [faint])
      const stream = await alerts()
      const first = (await stream.next()).caseAlerts
      expect(first.node.caseId).toBe(open)
      stream.stop()
      viewer = patient(triage.person('1991-01-01', unit))
      const missed = await assigned()
      await triage.answer(viewer, missed, [faint])
      const resumed = await service.stream(nurse, documents.alerts, { unitId: unitId(), after: first.cursor })
      expect((await resumed.next()).caseAlerts.node.caseId).toBe(missed)
      expect(resumed.events).toHaveLength(1)
      const anothers = cursorOf('Subscription.caseAlerts', integer).at(service.platform, otherCentre, 1)
      for (const after of ['bm9uZQ', anothers]) {
        const bad = await service.stream(nurse, documents.alerts, { unitId: unitId(), after })
        expect(await bad.ended).toBe('BAD_USER_INPUT')
      }
    })

    it('[R31] raised at once in many cases, each comes once and in the order of its number', async () => {
      const ids: string[] = []
      const patients: Viewer[] = []
      for (let n = 0; n < 8; n++) {
        viewer = patient(triage.person('1990-01-01', unit))
        patients.push(viewer)
        ids.push(await assigned())
      }
      const stream = await alerts()
      await Promise.all(ids.map((id, n) => triage.answer(patients[n] as Viewer, id, [faint])))
      const told: string[] = []
      while (told.length < ids.length) told.push((await stream.next()).caseAlerts.node.caseId)
      expect(told.toSorted()).toEqual(ids.toSorted())
      const kept = await service.db.caseAlert.findMany({ where: { unitId: unit }, orderBy: { seq: 'asc' } })
      expect(told.map(rowId)).toEqual(kept.map(({ caseId }) => caseId))
      expect(kept.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    })

    it('[R31] raised twice at once, the same red flag is one alert', async () => {
      const id = await assigned()
      const told = await Promise.all(Array.from({ length: 6 }, () => triage.answer(viewer, id, [faint])))
      for (const each of told) expect(each).toMatchObject({ ...call112, refusal: null })
      expect(await service.db.caseAlert.count({ where: { unitId: unit } })).toBe(1)
    })
  })

  it('[R31] of a red flag, a claim, an answer, a release and an end at once, she is told 112, and nothing of it is lost', async () => {
    for (let round = 0; round < 12; round++) {
      unit = `SE2321000172-H${units++}`
      nurse = staff(unit, `nurse at ${unit}`)
      viewer = patient(triage.person('1992-03-01', unit))
      const id = round % 2 ? await assigned() : await waiting()
      const steps = [
        () => service.ask(nurse, documents.claim, { key: nextKey() }),
        () => service.ask(nurse, documents.answer, { caseId: id, text: 'Hej', key: nextKey() }),
        () => service.ask(nurse, documents.release, { caseId: id }),
        () => service.ask(nurse, documents.close, { caseId: id }),
        () => triage.complete(viewer, id),
        () => triage.abandon(viewer, id),
      ]
      const others = steps.slice(round % 5)
      const [told] = await Promise.all([triage.answer(viewer, id, [faint]), ...others.map((step) => step())])
      expect(told).toMatchObject({ outcome: 'CALL_112', refusal: null, assessment: { phoneNumber: '112' } })
      const now = await triage.read(viewer, id)
      expect(now).toMatchObject({ outcome: 'CALL_112', waitingRoom: null, triage: { assessment: { outcome: 'CALL_112' } } })
      expect(['CLOSED_112', 'ASSIGNED', 'ANSWERED', 'CLOSED']).toContain(now.status)
      expect(now.redFlag === null).toBe(now.status === 'CLOSED_112')
      expect((await triage.complete(viewer, id)).outcome).toBe('CALL_112')
    }
  })

  it('[R31] once the care has closed it, a red flag still tells her 112, and its staff see that', async () => {
    const id = await answered()
    await service.ask(nurse, documents.close, { caseId: id })
    expect(await triage.answer(viewer, id, [faint])).toMatchObject({
      outcome: 'CALL_112',
      refusal: null,
      assessment: { instructions: expect.stringContaining('The case has ended here') },
      careCase: { status: 'CLOSED' },
    })
    expect(await triage.read(nurse, id)).toMatchObject({ status: 'CLOSED', redFlag: { assessment: { outcome: 'CALL_112' } } })
    expect((await history(id)).at(-1)).toBe('RED_FLAG')
  })

  it('[R31, A1] one that she had left from the queue is hers alone, also when it ends at 112', async () => {
    const id = await waiting()
    await triage.abandon(viewer, id)
    expect((await triage.answer(viewer, id, [faint])).careCase.status).toBe('CLOSED_112')
    expect(await triage.read(nurse, id)).toBeNull()
    expect(await service.platform.facts().get('caseRelation', { patientId: astrid, unitId: unit })).toBe(false)
  })

  it('[R31, A1] a red flag while she waits ends the wait, and the unit in whose queue she was sees that', async () => {
    const id = await waiting()
    expect(await triage.answer(viewer, id, [faint])).toMatchObject({
      outcome: 'CALL_112',
      careCase: { status: 'CLOSED_112', redFlag: null },
    })
    expect(await triage.read(nurse, id)).toMatchObject({ status: 'CLOSED_112', triage: { assessment: { outcome: 'CALL_112' } } })
    expect(await triage.read(staff(centre), id)).toBeNull()
    expect(await service.db.caseAlert.count({ where: { unitId: unit } })).toBe(0)
  })
})
