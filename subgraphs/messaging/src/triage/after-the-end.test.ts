import { GraphError } from '@vardgraf/errors'
import { localId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isOngoing, openStatuses } from '../cases/rules.js'
import { CaseStatus } from '../generated/prisma/enums.js'
import { type Service, startService } from '../testing/service.js'
import { patient } from '../testing/story.js'
import { bloodClot, breathing, chestPain, dryRash, type GivenAnswer, questionnaire, triaging } from '../testing/triaging.js'

const noon = '2026-11-23T12:00:00+01:00'
const faint: GivenAnswer = { linkId: 'with-it', codes: ['faint'] }
const unknown: GivenAnswer = { linkId: 'colour', codes: ['red'] }
const call112 = {
  outcome: 'CALL_112',
  assessment: { phoneNumber: '112', instructions: expect.stringContaining('Call 112 now') },
}

describe('answers after the end', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
    triage = triaging(service)
  })
  beforeEach(() => {
    service.setClock(noon)
    astrid = triage.person('1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  const rash = (who = viewer) => triage.started(who, { questionnaire: questionnaire('skin-rash') })
  const selfCare = async (): Promise<string> => {
    const id = await rash()
    await triage.answer(viewer, id, dryRash)
    expect((await triage.complete(viewer, id)).careCase.status).toBe('CLOSED_SELF_CARE')
    return id
  }
  const abandoned = async (): Promise<string> => {
    const id = await rash()
    await triage.answer(viewer, id, dryRash)
    await triage.abandon(viewer, id)
    return id
  }
  /** A case in a state that its unit has ended: what it had answered stays. */
  const ended = async (status: CaseStatus): Promise<string> => {
    const id = await selfCare()
    await service.db.careCase.update({ where: { id: localId(id, 'CareCase') ?? '' }, data: { status, outcome: null } })
    return id
  }
  const kept = async (id: string) =>
    (
      await triage.rows<{ values: string[] }>(
        `SELECT values FROM messaging.triage_answer WHERE case_id = $1 AND link_id = 'emergency-signs' ORDER BY seq`,
        localId(id, 'CareCase'),
      )
    ).map(({ values }) => values)
  const results = (id: string) =>
    triage.rows('SELECT rule_id, outcome FROM messaging.triage_result WHERE case_id = $1 ORDER BY seq', localId(id, 'CareCase'))
  /** What 112 must never give. [R31] */
  const expectNoPlace = async (id: string) => {
    const noPlace = { queue_class: null, target_at: null, review_at: null, opens_at: null }
    expect(await triage.rowOf(id)).toMatchObject(noPlace)
    expect(await triage.rows('SELECT 1 FROM messaging.notification WHERE patient_id = $1', astrid)).toEqual([])
    expect(service.sms.sent).toEqual([])
  }

  it('[R31] a red flag is taken and told while the register of persons is away; anything else is told to come back', async () => {
    const { person } = service.platform.own
    const id = await rash()
    service.platform.own.person = async () => Promise.reject(new GraphError('FACTS_UNAVAILABLE'))
    try {
      expect(await triage.answer(viewer, id, dryRash.slice(0, 1))).toMatchObject({ code: 'FACTS_UNAVAILABLE' })
      expect(await triage.complete(viewer, id)).toMatchObject({ code: 'FACTS_UNAVAILABLE' })
      expect(await kept(id)).toEqual([])
      expect(await triage.answer(viewer, id, [breathing])).toMatchObject({ ...call112, careCase: { status: 'CLOSED_112' } })
      expect(await triage.complete(viewer, id)).toMatchObject(call112)
    } finally {
      if (person) service.platform.own.person = person
    }
    expect(await kept(id)).toEqual([['breathing']])
  })

  it.each([
    ['self-care', selfCare],
    ['she has left', abandoned],
  ])('[R31] a red flag after %s opens the way to 112 at once, and is kept', async (_end, reach) => {
    const id = await reach()
    expect(await triage.answer(viewer, id, [breathing])).toMatchObject({
      ...call112,
      refusal: null,
      errors: [],
      careCase: { status: 'CLOSED_112', outcome: 'CALL_112', priority: null, waitingRoom: null },
    })
    expect((await kept(id)).at(-1)).toEqual(['breathing'])
    expect((await results(id)).at(-1)).toEqual({ rule_id: 'anaphylaxis', outcome: 'CALL_112' })
    await expectNoPlace(id)
  })

  it('[R31] a completion after self-care and a red flag says 112, however often', async () => {
    const id = await selfCare()
    await triage.answer(viewer, id, [breathing])
    for (let again = 0; again < 2; again++)
      expect(await triage.complete(viewer, id)).toMatchObject({ ...call112, refusal: null, careCase: { status: 'CLOSED_112' } })
    await expectNoPlace(id)
  })

  it.each(['CLOSED', 'CLOSED_REFERRED'] as const)(
    '[R31] in %s the patient is told 112, and the case stays as the care has ended it',
    async (status) => {
      const id = await ended(status)
      expect(await triage.answer(viewer, id, [breathing])).toMatchObject({
        ...call112,
        refusal: null,
        careCase: { status, outcome: 'CALL_112' },
      })
      expect((await kept(id)).at(-1)).toEqual(['breathing'])
      expect(await results(id)).toHaveLength(2)
      expect(await triage.answer(viewer, id, [{ linkId: 'days', number: 9 }])).toMatchObject({
        ...call112,
        refusal: { code: 'TRIAGE_ENDED' },
      })
      expect(await triage.complete(viewer, id)).toMatchObject({ ...call112, refusal: { code: 'TRIAGE_ENDED' } })
      await expectNoPlace(id)
    },
  )

  it('[R31] also where nothing but the assessment would find it: after the end nobody assesses any more', async () => {
    const id = await triage.started(viewer, { questionnaire: questionnaire('chest-pain') })
    await triage.answer(viewer, id, chestPain)
    await triage.complete(viewer, id)
    await triage.abandon(viewer, id)
    expect(await triage.answer(viewer, id, bloodClot)).toMatchObject({ ...call112, careCase: { status: 'CLOSED_112' } })
    await expectNoPlace(id)
  })

  it.each([
    ['self-care', selfCare],
    ['she has left', abandoned],
    ['the care has closed it', () => ended('CLOSED')],
  ])('[R30] after %s answers without a red flag are refused, and none is kept', async (_end, reach) => {
    const id = await reach()
    const before = await kept(id)
    const { refusal, outcome, errors } = await triage.answer(viewer, id, [
      { linkId: 'emergency-signs', codes: [] },
      { linkId: 'itch', number: 9 },
    ])
    expect({ refusal, outcome, errors }).toEqual({ refusal: { code: 'TRIAGE_ENDED' }, outcome: null, errors: [] })
    expect(await kept(id)).toEqual(before)
  })

  it('[R30] after self-care a retry of what is known already gives what was decided', async () => {
    const id = await selfCare()
    expect(await triage.answer(viewer, id, dryRash)).toMatchObject({ outcome: 'SELF_CARE', refusal: null, errors: [] })
  })

  it.each([
    ['self-care', selfCare],
    ['she has left', abandoned],
    ['112', async () => (await selfCare().then(async (id) => (await triage.answer(viewer, id, [breathing])) && id)) as string],
    ['the care has closed it', () => ended('CLOSED')],
  ])('[R30] after %s a question that does not exist is an error, as before the end', async (_end, reach) => {
    const { errors, refusal } = await triage.answer(viewer, await reach(), [{ linkId: 'colour', codes: ['red'] }])
    expect(errors).toMatchObject([{ linkId: 'colour', code: 'UNKNOWN_QUESTION' }])
    expect(refusal).toEqual({ code: 'TRIAGE_ENDED' })
  })

  it('[R31] a red flag after the end counts beside a faulty answer, which is told', async () => {
    const id = await selfCare()
    const given: GivenAnswer[] = [{ linkId: 'colour', codes: ['red'] }, breathing]
    expect(await triage.answer(viewer, id, given)).toMatchObject({
      ...call112,
      errors: [{ linkId: 'colour', code: 'UNKNOWN_QUESTION' }],
      careCase: { status: 'CLOSED_112' },
    })
  })

  describe.each(Object.values(CaseStatus))('in %s, whatever is answered', (status) => {
    /** A case in that state, by the shortest way: from the waiting room, with all questions answered. */
    const reach = async (): Promise<string> => {
      const id = await triage.started(viewer, { questionnaire: questionnaire('chest-pain') })
      await triage.answer(viewer, id, chestPain)
      if (status === 'TRIAGING') return id
      await triage.complete(viewer, id)
      const begun = { assignedToId: 'nurse', assignedAt: service.now() }
      const told = status === 'CLOSED_112' && { outcome: 'CALL_112' as const }
      const data = { status, ...told, ...(status !== 'WAITING' && begun), ...(!isOngoing(status) && { closedAt: service.now() }) }
      await service.db.careCase.update({ where: { id: localId(id, 'CareCase') ?? '' }, data })
      return id
    }
    const answers = (id: string) => service.db.triageAnswer.count({ where: { caseId: localId(id, 'CareCase') ?? '' } })

    it.each<[string, GivenAnswer[]]>([
      ['a red flag', [faint]],
      ['a red flag beside an unknown question', [faint, unknown]],
      ['a red flag beside what is known', [faint, ...chestPain.filter(({ linkId }) => linkId !== 'with-it')]],
    ])('[R31] %s tells her 112, and is kept', async (_what, given) => {
      const id = await reach()
      const before = await answers(id)
      const { outcome, assessment, refusal, errors, careCase } = await triage.answer(viewer, id, given)
      expect({ outcome, phone: assessment.phoneNumber, refusal }).toEqual({ outcome: 'CALL_112', phone: '112', refusal: null })
      expect(errors).toHaveLength(given.includes(unknown) ? 1 : 0)
      expect(await answers(id)).toBe(before + 1)
      expect(careCase).toMatchObject({ outcome: 'CALL_112', waitingRoom: null, triage: { assessment: { outcome: 'CALL_112' } } })
      expect((await triage.complete(viewer, id)).outcome).toBe('CALL_112')
      expect(await triage.rows('SELECT 1 FROM messaging.notification WHERE patient_id = $1', astrid)).toEqual([])
    })

    it.each<[string, GivenAnswer[]]>([
      ['a new answer', [{ linkId: 'minutes', number: 3 }]],
      ['a new answer beside an unknown question', [{ linkId: 'minutes', number: 3 }, unknown]],
      ['an unknown question', [unknown]],
      ['an answer taken back', [{ linkId: 'minutes' }]],
      ['what is known already', [...chestPain]],
      ['nothing at all', []],
      ['what can be a clot', [...bloodClot]],
    ])('[R30] %s is kept, refused, or known already: never dropped in silence', async (_what, given) => {
      const id = await reach()
      const before = await answers(id)
      const { outcome, refusal, errors } = await triage.answer(viewer, id, given)
      const kept = (await answers(id)) - before
      const isNew = given.length > 0 && given.length !== chestPain.length
      if (given.includes(unknown)) expect(errors).toMatchObject([{ code: 'UNKNOWN_QUESTION' }])
      else expect(errors).toEqual([])
      if (refusal !== null || errors.length > 0) expect(kept).toBe(0)
      else expect(kept).toBe(isNew ? given.length : 0)
      if (!openStatuses.some((open) => open === status) && isNew && outcome !== 'CALL_112')
        expect(refusal).toEqual({ code: 'TRIAGE_ENDED' })
      // Nobody is told that all is well, or to wait, by a refusal.
      if (refusal !== null) expect([null, 'CALL_112']).toContain(outcome)
      // After the end nobody assesses any more: what could be a clot counts at once.
      if (given.length === bloodClot.length && !given.includes(unknown))
        expect(outcome).toBe(openStatuses.some((open) => open === status) ? null : 'CALL_112')
    })
  })

  it('[R31] of a red flag, a completion and a leaving at once, in any order, 112 is what comes of it', async () => {
    const steps: ((id: string) => Promise<unknown>)[] = [
      (id) => triage.complete(viewer, id),
      (id) => triage.abandon(viewer, id),
      (id) => triage.answer(viewer, id, [{ linkId: 'anything-else', text: 'it itches' }]),
      (id) => triage.complete(viewer, id),
    ]
    for (let round = 0; round < 24; round++) {
      astrid = triage.person('1992-03-01')
      viewer = patient(astrid)
      const id = await rash()
      await triage.answer(viewer, id, dryRash)
      // Who is first differs from round to round, and so does how many are there.
      const others = steps.slice(0, 1 + (round % steps.length))
      const at = round % (others.length + 1)
      const all = [...others.slice(0, at), (each: string) => triage.answer(viewer, each, [breathing]), ...others.slice(at)]
      const answers = await Promise.all(all.map((step) => step(id)))
      expect(answers[at]).toMatchObject({ ...call112, refusal: null })
      expect(await triage.read(viewer, id)).toMatchObject({
        status: 'CLOSED_112',
        outcome: 'CALL_112',
        waitingRoom: null,
        triage: { assessment: { outcome: 'CALL_112' } },
      })
      expect(await triage.complete(viewer, id)).toMatchObject({ ...call112, refusal: null })
      await expectNoPlace(id)
    }
  })

  it('[R31] a red flag and a completion in one document, in either order, end at 112', async () => {
    const flag =
      'answerTriage(input: { caseId: $id, answers: [{ linkId: "emergency-signs", codes: ["breathing"] }] }) { outcome }'
    const complete = 'completeTriage(input: { caseId: $id }) { outcome }'
    for (const both of [`a: ${flag} b: ${complete}`, `b: ${complete} a: ${flag}`]) {
      viewer = patient(triage.person('1992-03-01'))
      const id = await rash()
      await triage.answer(viewer, id, dryRash)
      const { data } = await service.ask(viewer, `mutation ($id: ID!) { ${both} c: ${complete} }`, { id })
      expect(data).toMatchObject({ a: { outcome: 'CALL_112' }, c: { outcome: 'CALL_112' } })
      expect((await triage.read(viewer, id)).status).toBe('CLOSED_112')
    }
  })

  it('[R31] once told 112, every later step says so again, whatever is answered', async () => {
    const id = await selfCare()
    await triage.answer(viewer, id, [breathing])
    expect(await triage.answer(viewer, id, [breathing])).toMatchObject({ ...call112, refusal: null })
    expect(await triage.answer(viewer, id, dryRash)).toMatchObject({ ...call112, refusal: { code: 'TRIAGE_ENDED' } })
    expect(await triage.answer(viewer, id, [])).toMatchObject({ ...call112, refusal: null })
    expect(await results(id)).toHaveLength(2)
  })
})
