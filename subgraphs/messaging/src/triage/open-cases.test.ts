import { loadPolicies } from '@vardgraf/policy'
import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStatuses } from '../cases/rules.js'
import type { CaseStatus } from '../generated/prisma/enums.js'
import { CaseStatus as Statuses } from '../generated/prisma/enums.js'
import { type Service, startService } from '../testing/service.js'
import { nextKey, patient, rowId } from '../testing/story.js'
import { cold, coldBut, emergency, questionnaire, triaging } from '../testing/triaging.js'

const noon = '2026-11-23T12:00:00+01:00'
const complaints = ['cough-and-fever', 'skin-rash', 'chest-pain', 'sore-throat', 'low-back-pain', 'urinary-symptoms']
const { value: mostOpen } = loadPolicies().policyFor('vastmanland', new Date(noon)).cases.mostOpen

describe('a patient’s open cases', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
    triage = triaging(service)
  })
  beforeEach(() => {
    astrid = triage.person('1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  const about = (complaint: string) => ({ questionnaire: questionnaire(complaint) })
  const openOf = (patientId: string) => service.db.careCase.count({ where: { patientId, status: { in: [...openStatuses] } } })
  const move = (id: string, status: CaseStatus) => service.db.careCase.update({ where: { id: rowId(id) }, data: { status } })

  it.each([...openStatuses])('[R25] one that is %s is led to, instead of a second on the same complaint', async (status) => {
    const id = await triage.started(viewer)
    await move(id, status)
    const { careCase, refusal } = await triage.start(viewer)
    expect(careCase).toBeNull()
    expect(refusal).toMatchObject({
      __typename: 'OpenCaseExists',
      code: 'CASE_ALREADY_OPEN',
      rule: 'R25',
      unlock: expect.stringContaining('Answer the questions of that case again'),
      careCase: { id, status },
    })
    expect(await openOf(astrid)).toBe(1)
  })

  it.each(Object.values(Statuses).filter((status) => !openStatuses.some((open) => open === status)))(
    '[R25] one that is %s stands in nobody’s way',
    async (status) => {
      await move(await triage.started(viewer), status)
      expect((await triage.start(viewer)).refusal).toBeNull()
    },
  )

  it('[R31] the refusal says when to call 112, as data and in the message, and the case it leads to takes the red flag', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, coldBut({ linkId: 'breathless', codes: ['effort'] }))
    await triage.complete(viewer, id)
    const { refusal } = await triage.start(viewer)
    expect(refusal).toMatchObject({ phoneNumber: '112', instructions: expect.stringContaining('Call 112 at once') })
    expect(refusal.message).toContain('Call 112')
    expect((await triage.answer(viewer, refusal.careCase.id, [emergency])).outcome).toBe('CALL_112')
  })

  it('[R25] no more than the region’s policy allows, whatever they are about; leaving one makes room', async () => {
    const ids: string[] = []
    for (const complaint of complaints.slice(0, mostOpen)) ids.push(await triage.started(viewer, about(complaint)))
    const { careCase, refusal } = await triage.start(viewer, about(complaints[mostOpen] ?? ''))
    expect(careCase).toBeNull()
    expect(refusal).toMatchObject({ code: 'TOO_MANY_OPEN_CASES', rule: 'R25', phoneNumber: '112', careCase: { id: ids.at(-1) } })
    await triage.abandon(viewer, ids[0] ?? '')
    expect((await triage.start(viewer, about(complaints[mostOpen] ?? ''))).refusal).toBeNull()
  })

  it('[R25] of twenty starts at once on one complaint one is opened, and the others are led to it', async () => {
    const starts = await Promise.all(Array.from({ length: 20 }, () => triage.start(viewer)))
    const opened = starts.flatMap(({ careCase }) => careCase?.id ?? [])
    expect(opened).toHaveLength(1)
    expect(new Set(starts.flatMap(({ refusal }) => refusal?.careCase.id ?? []))).toEqual(new Set(opened))
    expect(await openOf(astrid)).toBe(1)
  })

  it('[R25] of twenty starts at once on all complaints no more are opened than the policy allows', async () => {
    const starts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => triage.start(viewer, about(complaints[n % complaints.length] ?? ''))),
    )
    expect(starts.filter(({ careCase }) => careCase)).toHaveLength(mostOpen)
    expect(await openOf(astrid)).toBe(mostOpen)
  })

  it('[R25] a retry gives the first case, also when the patient has no room left, and after it has ended', async () => {
    const idempotencyKey = nextKey()
    const first = await triage.start(viewer, { idempotencyKey })
    for (const complaint of complaints.slice(1, mostOpen)) await triage.started(viewer, about(complaint))
    const again = await Promise.all([1, 2, 3].map(() => triage.start(viewer, { idempotencyKey })))
    for (const { careCase, refusal } of again) expect([careCase.id, refusal]).toEqual([first.careCase.id, null])
    await triage.abandon(viewer, first.careCase.id)
    expect((await triage.start(viewer, { idempotencyKey })).careCase).toMatchObject({
      id: first.careCase.id,
      status: 'ABANDONED',
    })
  })

  it('[R20, R25] are counted for each child, whoever opens them: two guardians open one, and neither stands in the other child’s way', async () => {
    const [gunilla, gustav] = [crypto.randomUUID(), crypto.randomUUID()]
    const [lo, tuva] = [triage.person('2021-05-05'), triage.person('2019-05-05')]
    for (const child of [lo, tuva])
      for (const guardian of [gunilla, gustav]) service.neighbours.custody.add(`${guardian} ${child}`)
    const fever = (child: string) => ({ patientId: globalId('Patient', child), ...about('child-fever') })
    const id = await triage.started(patient(gunilla), fever(lo))
    expect((await triage.start(patient(gustav), fever(lo))).refusal).toMatchObject({
      code: 'CASE_ALREADY_OPEN',
      careCase: { id },
    })
    expect((await triage.start(patient(gustav), fever(tuva))).refusal).toBeNull()
  })

  it('[R25] whoever has one open still starts another on another matter, and both go on', async () => {
    const [cough, rash] = [await triage.started(viewer), await triage.started(viewer, about('skin-rash'))]
    await triage.answer(viewer, cough, cold)
    expect((await triage.complete(viewer, cough)).outcome).toBe('SELF_CARE')
    expect((await triage.read(viewer, rash)).status).toBe('TRIAGING')
  })
})
