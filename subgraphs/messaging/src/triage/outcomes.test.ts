import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Service, startService } from '../testing/service.js'
import { centre, documents, nextKey, nurseLine, otherCentre, patient, staff } from '../testing/story.js'
import { cold, coldBut, emergency, triaging } from '../testing/triaging.js'

const noon = '2026-11-23T12:00:00+01:00'

describe('where triage leads', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
    service.neighbours.unitKinds.set(nurseLine, 'NURSE_LINE_1177')
    triage = triaging(service)
  })
  beforeEach(() => {
    service.setClock(noon)
    astrid = triage.person('1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  it('[R31] self-care ends with advice', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, cold)
    const { careCase, assessment, refusal } = await triage.complete(viewer, id)
    expect(refusal).toBeNull()
    expect(careCase).toMatchObject({
      status: 'CLOSED_SELF_CARE',
      outcome: 'SELF_CARE',
      priority: null,
      waitingRoom: null,
      triage: { nextItems: [], assessment: { outcome: 'SELF_CARE' } },
    })
    expect(assessment.advice).toContain('Rest and drink')
  })

  it.each([
    ['HEALTH_CENTRE', 'P2', { linkId: 'cough-kind', codes: ['blood'] }, centre],
    ['NURSE_LINE_1177', 'P1', { linkId: 'breathless', codes: ['rest'] }, nurseLine],
  ])(
    '[R31] %s waits in the waiting room with %s; doing it again gives the same',
    async (outcome, priority, telling, responder) => {
      const id = await triage.started(viewer)
      await triage.answer(viewer, id, coldBut(telling))
      const first = await triage.complete(viewer, id)
      expect(first).toMatchObject({
        outcome,
        careCase: { status: 'WAITING', outcome, priority, responder: { id: globalId('CareUnit', responder) } },
        refusal: null,
      })
      service.setClock('2026-11-23T12:30:00+01:00')
      const again = await triage.complete(viewer, id)
      expect(again).toMatchObject({ outcome, refusal: null, careCase: { enteredAt: first.careCase.enteredAt } })
      expect(
        await triage.rows('SELECT kind FROM messaging.case_event WHERE case_id = $1', (await triage.rowOf(id))?.id),
      ).toHaveLength(2)
    },
  )

  describe('112', () => {
    /** What a case that ended at 112 must never have. */
    const expectNoPlace = async (id: string) => {
      expect(await triage.rowOf(id)).toMatchObject({
        status: 'CLOSED_112',
        outcome: 'CALL_112',
        priority: null,
        queue_class: null,
        target_at: null,
        review_at: null,
        opens_at: null,
      })
      expect(await triage.rows('SELECT 1 FROM messaging.notification WHERE patient_id = $1', astrid)).toEqual([])
      expect(service.sms.sent).toEqual([])
    }

    it('[R31] a red flag in the middle ends it at once, with instructions and no place, SMS or charge', async () => {
      const id = await triage.started(viewer)
      const { careCase, outcome, assessment, refusal } = await triage.answer(viewer, id, [emergency])
      expect({ outcome, refusal }).toEqual({ outcome: 'CALL_112', refusal: null })
      expect(assessment).toMatchObject({
        phoneNumber: '112',
        instructions: expect.stringContaining('Call 112 now'),
        reason: expect.any(String),
      })
      expect(careCase).toMatchObject({
        status: 'CLOSED_112',
        priority: null,
        enteredAt: null,
        answerDueAt: null,
        responder: null,
        waitingRoom: null,
        triage: { nextItems: [] },
      })
      await expectNoPlace(id)
    })

    it('[R31] also when another answer in the same call is wrong', async () => {
      const id = await triage.started(viewer)
      const { outcome, errors } = await triage.answer(viewer, id, [{ linkId: 'fever', number: 39 }, emergency])
      expect(outcome).toBe('CALL_112')
      expect(errors).toHaveLength(1)
      await expectNoPlace(id)
    })

    it('[R31] every retry gives 112 again, whatever is answered now', async () => {
      const id = await triage.started(viewer)
      await triage.answer(viewer, id, [emergency])
      const told = { outcome: 'CALL_112', careCase: { status: 'CLOSED_112' } }
      expect(await triage.answer(viewer, id, [emergency])).toMatchObject({ ...told, refusal: null })
      // Refused, as nothing of it is kept; what she has been told stands all the same.
      expect(await triage.answer(viewer, id, cold)).toMatchObject({ ...told, refusal: { code: 'TRIAGE_ENDED' } })
      expect(await triage.complete(viewer, id)).toMatchObject({ ...told, refusal: null })
      await expectNoPlace(id)
      expect(
        await triage.rows('SELECT 1 FROM messaging.triage_result WHERE case_id = $1', (await triage.rowOf(id))?.id),
      ).toHaveLength(1)
    })

    it('[R31] of a red flag and a completion at once, the patient never ends up with 112 and a place', async () => {
      for (let round = 0; round < 8; round++) {
        viewer = patient(triage.person('1992-03-01'))
        const id = await triage.started(viewer)
        await triage.answer(viewer, id, coldBut({ linkId: 'cough-kind', codes: ['blood'] }))
        await Promise.all([
          triage.complete(viewer, id),
          triage.answer(viewer, id, [emergency]),
          triage.answer(viewer, id, [{ linkId: 'breathless', codes: ['effort'] }]),
          triage.complete(viewer, id),
        ])
        await expectNoPlace(id)
      }
    })

    it('[R31, A1] an emergency found in triage was never a unit’s: staff do not see it', async () => {
      const patientId = triage.person('1990-01-01')
      const id = await triage.started(patient(patientId))
      expect((await triage.answer(patient(patientId), id, [emergency])).outcome).toBe('CALL_112')
      expect(await triage.read(staff(centre), id)).toBeNull()
    })

    it('[R31] a red flag raised while she waits ends the wait, and staff no longer get the case', async () => {
      const id = await triage.started(viewer, { unitId: globalId('CareUnit', otherCentre) })
      await triage.answer(viewer, id, coldBut({ linkId: 'cough-kind', codes: ['blood'] }))
      expect((await triage.complete(viewer, id)).careCase.status).toBe('WAITING')
      expect((await triage.answer(viewer, id, [emergency])).outcome).toBe('CALL_112')
      await expectNoPlace(id)
      const { data } = await service.ask(staff(otherCentre), documents.claim, { key: nextKey() })
      expect(data.claimNextCase).toMatchObject({ careCase: null, refusal: { code: 'QUEUE_EMPTY' } })
    })
  })

  describe('while she waits', () => {
    const waiting = async (): Promise<string> => {
      const id = await triage.started(viewer)
      await triage.answer(viewer, id, coldBut({ linkId: 'breathless', codes: ['effort'] }))
      expect((await triage.complete(viewer, id)).careCase).toMatchObject({ status: 'WAITING', priority: 'P4' })
      service.setClock('2026-11-23T12:30:00+01:00')
      return id
    }

    it('[R32] answers that tell of a greater need move her up, from her own time of entry', async () => {
      const id = await waiting()
      const { enteredAt } = await triage.read(viewer, id)
      await triage.answer(viewer, id, [{ linkId: 'cough-kind', codes: ['blood'] }])
      expect((await triage.complete(viewer, id)).careCase).toMatchObject({ status: 'WAITING', priority: 'P2', enteredAt })
    })

    it('[R32] answers that tell of a lesser need do not cost her the place', async () => {
      const id = await waiting()
      await triage.answer(viewer, id, [{ linkId: 'breathless', codes: ['no'] }])
      expect(await triage.complete(viewer, id)).toMatchObject({
        refusal: null,
        outcome: 'HEALTH_CENTRE',
        careCase: { status: 'WAITING', priority: 'P4' },
      })
    })
  })
})
