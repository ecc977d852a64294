import { globalId } from '@vardgraf/subgraph'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anonymous,
  healthCentre,
  nurse,
  nurseLine,
  otherHealthCentre,
  patient,
  person,
  type Service,
  startService,
  youthClinic,
} from './testing/service.js'

const noon = '2026-11-23T12:00:00+01:00'
const questionnaire = (slug: string, version = '1.0.0'): string =>
  globalId('Questionnaire', `https://vardgraf.example/fhir/Questionnaire/${slug}|${version}`)

const caseFields = `id status outcome priority entryChannel complaint enteredAt answerDueAt unit { id } responder { id } waitingRoom { position }
  triage { questionnaire { id version title } answers { linkId question display boolean number text codes counts }
    nextItems { linkId type text options { code text } } progress { answered asked complete } assessment { outcome } }`
const start = `mutation ($input: StartTriageInput!) { startTriage(input: $input) { careCase { ${caseFields} } refusal { code rule message unlock } } }`
const answer = `mutation ($input: AnswerTriageInput!) { answerTriage(input: $input) {
  careCase { ${caseFields} } outcome assessment { outcome reason instructions advice phoneNumber } errors { linkId code message limit } refusal { code } } }`
const complete = `mutation ($input: CompleteTriageInput!) { completeTriage(input: $input) {
  careCase { ${caseFields} } outcome assessment { outcome reason instructions advice phoneNumber } refusal { code ... on TriageIncomplete { missing } } } }`
const read = `query ($id: ID!) { careCase(id: $id) { ${caseFields} } }`

const cold = [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'fever', boolean: false },
  { linkId: 'cough', boolean: true },
  { linkId: 'cough-kind', codes: ['dry'] },
  { linkId: 'cough-weeks', number: 1 },
  { linkId: 'breathless', codes: ['no'] },
  { linkId: 'conditions', codes: ['none'] },
]
const emergency = { linkId: 'emergency-signs', codes: ['blue-lips'] }

describe('triage in the graph', () => {
  let service: Service
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
  })
  beforeEach(() => {
    service.setClock(noon)
    astrid = person(service, '1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  const startInput = (changes: object = {}) => ({
    questionnaire: questionnaire('cough-and-fever', '1.1.0'),
    entryChannel: 'START_PAGE',
    idempotencyKey: crypto.randomUUID(),
    ...changes,
  })
  const run = async (query: string, input: object, who = viewer, language = 'en') => {
    const { data, errors } = await service.ask(who, query, { input }, language)
    return { ...(data && Object.values(data)[0]), code: errors?.[0]?.extensions.code }
  }
  const started = async (changes: object = {}, who = viewer): Promise<string> =>
    (await run(start, startInput(changes), who)).careCase.id
  const rowOf = async (id: string) => {
    const [row] = await service.rows<Record<string, unknown>>(
      'SELECT * FROM messaging.care_case WHERE id = $1',
      Buffer.from(id, 'base64url').toString().split(':')[1],
    )
    return row
  }

  it('[R25] starts at three in the night, at the health centre where she is listed', async () => {
    service.setClock('2026-11-23T03:00:00+01:00')
    const { careCase, refusal } = await run(start, startInput())
    expect(refusal).toBeNull()
    expect(careCase).toMatchObject({
      status: 'TRIAGING',
      complaint: 'cough-and-fever',
      unit: { id: globalId('CareUnit', healthCentre) },
      outcome: null,
      waitingRoom: null,
    })
    expect(careCase.triage.nextItems[0]).toMatchObject({ linkId: 'emergency-signs', type: 'CHOICE' })
  })

  it('[R25] two open cases on different matters are fine, and each keeps its own answers', async () => {
    const [one, two] = [await started(), await started({ questionnaire: questionnaire('low-back-pain') })]
    expect(one).not.toBe(two)
    await run(answer, { caseId: one, answers: cold })
    const { data } = await service.ask(viewer, read, { id: two })
    expect(data.careCase).toMatchObject({ complaint: 'low-back-pain', triage: { answers: [] } })
  })

  it('[R25] a retry of the start gives the first case, also when both arrive at once', async () => {
    const input = startInput()
    const both = await Promise.all([run(start, input), run(start, input), run(start, input)])
    expect(new Set(both.map(({ careCase }) => careCase.id)).size).toBe(1)
    expect((await run(start, { ...input, questionnaire: questionnaire('chest-pain') })).careCase.complaint).toBe(
      'cough-and-fever',
    )
  })

  it('[R26] the case stays with its unit when she is listed elsewhere in the middle of it', async () => {
    const id = await started()
    service.people.set(astrid, { ...service.people.get(astrid), listedUnitId: otherHealthCentre } as never)
    await run(answer, { caseId: id, answers: [...cold.slice(0, 5), { linkId: 'breathless', codes: ['effort'] }, cold[6]] })
    const { careCase } = await run(complete, { caseId: id })
    expect(careCase).toMatchObject({
      status: 'WAITING',
      unit: { id: globalId('CareUnit', healthCentre) },
      responder: { id: globalId('CareUnit', healthCentre) },
    })
  })

  it.each<[string, object, string]>([
    ['[R29] a key press in the phone queue', { entryChannel: 'PHONE_KEYPAD' }, 'ENTRY_CHANNEL_NOT_OPEN'],
    ['[R26] a youth clinic', { unitId: globalId('CareUnit', youthClinic) }, 'UNIT_WITHOUT_TRIAGE'],
    ['[R26] a unit that does not exist', { unitId: globalId('CareUnit', 'SE2321000172-X999') }, 'UNIT_WITHOUT_TRIAGE'],
    ['[R30] questions for children', { questionnaire: questionnaire('child-fever') }, 'QUESTIONNAIRE_NOT_FOR_AGE'],
    ['[R30] questions that do not exist', { questionnaire: questionnaire('nothing') }, 'QUESTIONNAIRE_UNKNOWN'],
  ])('%s is refused, and says what would unlock it', async (_what, change, code) => {
    const { careCase, refusal } = await run(start, startInput(change))
    expect(careCase).toBeNull()
    expect(refusal).toMatchObject({ code, rule: expect.stringMatching(/^R\d+$/), unlock: expect.any(String) })
  })

  it('[R26] who is listed nowhere chooses a unit', async () => {
    const nowhere = patient(person(service, '1990-01-01', null))
    expect((await run(start, startInput(), nowhere)).refusal.code).toBe('UNIT_NEEDED')
    expect((await run(start, startInput({ unitId: globalId('CareUnit', nurseLine) }), nowhere)).careCase.status).toBe('TRIAGING')
  })

  it('[R30] a new case gets the latest active version, whichever the client has seen', async () => {
    const { careCase } = await run(start, startInput({ questionnaire: questionnaire('cough-and-fever', '1.0.0') }))
    expect(careCase.triage.questionnaire.version).toBe('1.1.0')
  })

  it('[R30] can be left and resumed, in another language, with what was answered and what is left', async () => {
    const id = await started()
    await run(answer, {
      caseId: id,
      answers: [cold[0], { linkId: 'fever', boolean: true }, { linkId: 'temperature', number: 38.5 }],
    })
    const { data } = await service.ask(viewer, read, { id }, 'sv')
    expect(
      data.careCase.triage.answers.map(({ linkId, display }: { linkId: string; display: string }) => [linkId, display]),
    ).toEqual([
      ['emergency-signs', 'Inget av detta'],
      ['fever', 'Ja'],
      ['temperature', '38,5 °C'],
    ])
    expect(data.careCase.triage.nextItems[0]).toMatchObject({ linkId: 'fever-days', text: 'Hur många dagar har du haft feber?' })
    expect(data.careCase.triage.progress).toEqual({ answered: 3, asked: 10, complete: false })
  })

  it('[R30] an answer that is changed is kept beside the new one, and follow-ups that are no longer asked do not count', async () => {
    const id = await started()
    await run(answer, {
      caseId: id,
      answers: [...cold, { linkId: 'fever', boolean: true }, { linkId: 'temperature', number: 40 }]
        .slice(1)
        .filter(({ linkId }, i, all) => all.findLastIndex((each) => each.linkId === linkId) === i),
    })
    const { careCase } = await run(answer, { caseId: id, answers: [cold[0], { linkId: 'fever', boolean: false }] })
    const temperature = careCase.triage.answers.find(({ linkId }: { linkId: string }) => linkId === 'temperature')
    expect(temperature).toMatchObject({ number: 40, counts: false })
    expect((await run(complete, { caseId: id })).outcome).toBe('SELF_CARE')
    expect(
      await service.rows(
        'SELECT link_id, values FROM messaging.triage_answer WHERE link_id = $1 AND answered_by_id = $2 ORDER BY seq',
        'fever',
        astrid,
      ),
    ).toEqual([
      { link_id: 'fever', values: [true] },
      { link_id: 'fever', values: [false] },
    ])
  })

  it('[R30] stored answers cannot be changed or deleted, whoever connects', async () => {
    await run(answer, { caseId: await started(), answers: cold })
    await expect(service.rows('UPDATE messaging.triage_answer SET values = $1', '[]')).rejects.toThrow('append-only')
    await expect(service.rows('DELETE FROM messaging.triage_answer')).rejects.toThrow('append-only')
  })

  it('[R30] wrong answers are told each at its question, and none are kept', async () => {
    const id = await started()
    const wrong = [
      { linkId: 'fever', text: 'yes' },
      { linkId: 'cough', boolean: true },
      { linkId: 'temperature', number: 12 },
      { linkId: 'colour', codes: ['red'] },
    ]
    const { errors, careCase } = await run(answer, { caseId: id, answers: wrong })
    expect(errors).toEqual([
      { linkId: 'fever', code: 'WRONG_TYPE', message: 'The answer has the wrong form.', limit: null },
      { linkId: 'temperature', code: 'TOO_LOW', message: 'The value is too low: at least 34.', limit: 34 },
      { linkId: 'colour', code: 'UNKNOWN_QUESTION', message: 'There is no such question.', limit: null },
    ])
    expect(careCase.triage.answers).toEqual([])
  })

  it.each([
    ['one question twice', [cold[1], cold[1]]],
    ['an answer in two forms', [{ linkId: 'fever', boolean: true, text: 'yes' }]],
  ])('refuses %s as bad input', async (_what, answers) => {
    expect((await run(answer, { caseId: await started(), answers })).code).toBe('BAD_USER_INPUT')
  })

  it('[R30] cannot be completed while questions are left, and says which', async () => {
    const id = await started()
    await run(answer, { caseId: id, answers: cold.slice(0, 5) })
    const { outcome, refusal, careCase } = await run(complete, { caseId: id })
    expect({ outcome, refusal }).toEqual({
      outcome: null,
      refusal: { code: 'TRIAGE_INCOMPLETE', missing: ['breathless', 'conditions'] },
    })
    expect(careCase.status).toBe('TRIAGING')
  })

  it('[R31] self-care ends with advice', async () => {
    const id = await started()
    await run(answer, { caseId: id, answers: cold })
    const { careCase, assessment, refusal } = await run(complete, { caseId: id })
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
    ['HEALTH_CENTRE', 'P2', { linkId: 'cough-kind', codes: ['blood'] }, healthCentre],
    ['NURSE_LINE_1177', 'P1', { linkId: 'breathless', codes: ['rest'] }, nurseLine],
  ])(
    '[R31] %s waits in the waiting room with %s; doing it again gives the same',
    async (outcome, priority, telling, responder) => {
      const id = await started()
      await run(answer, { caseId: id, answers: cold.map((each) => (each.linkId === telling.linkId ? telling : each)) })
      const first = await run(complete, { caseId: id })
      expect(first).toMatchObject({
        outcome,
        careCase: { status: 'WAITING', outcome, priority, responder: { id: globalId('CareUnit', responder) } },
        refusal: null,
      })
      service.setClock('2026-11-23T12:30:00+01:00')
      const again = await run(complete, { caseId: id })
      expect(again).toMatchObject({ outcome, refusal: null, careCase: { enteredAt: first.careCase.enteredAt } })
      expect(await service.rows('SELECT kind FROM messaging.case_event WHERE case_id = $1', (await rowOf(id))?.id)).toHaveLength(
        2,
      )
    },
  )

  describe('112', () => {
    /** What a case that ended at 112 must never have. */
    const expectNoPlace = async (id: string) => {
      expect(await rowOf(id)).toMatchObject({
        status: 'CLOSED_112',
        outcome: 'CALL_112',
        priority: null,
        queue_class: null,
        target_at: null,
        review_at: null,
        opens_at: null,
      })
      expect(await service.rows('SELECT 1 FROM messaging.notification WHERE patient_id = $1', astrid)).toEqual([])
      expect(service.sms).toEqual([])
    }

    it('[R31] a red flag in the middle ends it at once, with instructions and no place, SMS or charge', async () => {
      const id = await started()
      const { careCase, outcome, assessment, refusal } = await run(answer, { caseId: id, answers: [emergency] })
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
      const id = await started()
      const { outcome, errors } = await run(answer, { caseId: id, answers: [{ linkId: 'fever', number: 39 }, emergency] })
      expect(outcome).toBe('CALL_112')
      expect(errors).toHaveLength(1)
      await expectNoPlace(id)
    })

    it('[R31] every retry gives 112 again, whatever is answered now', async () => {
      const id = await started()
      await run(answer, { caseId: id, answers: [emergency] })
      for (const again of [
        await run(answer, { caseId: id, answers: [emergency] }),
        await run(answer, { caseId: id, answers: cold }),
        await run(complete, { caseId: id }),
      ])
        expect(again).toMatchObject({ outcome: 'CALL_112', refusal: null, careCase: { status: 'CLOSED_112' } })
      await expectNoPlace(id)
      expect(await service.rows('SELECT 1 FROM messaging.triage_result WHERE case_id = $1', (await rowOf(id))?.id)).toHaveLength(
        1,
      )
    })

    it('[R31] of a red flag and a completion at once, the patient never ends up with 112 and a place', async () => {
      for (let round = 0; round < 8; round++) {
        const id = await started()
        await run(answer, {
          caseId: id,
          answers: cold.map((each) => (each.linkId === 'cough-kind' ? { ...each, codes: ['blood'] } : each)),
        })
        await Promise.all([
          run(complete, { caseId: id }),
          run(answer, { caseId: id, answers: [emergency] }),
          run(answer, { caseId: id, answers: [{ linkId: 'breathless', codes: ['effort'] }] }),
          run(complete, { caseId: id }),
        ])
        await expectNoPlace(id)
      }
    })

    it('[R31] a red flag raised while she waits ends the wait, and staff no longer get the case', async () => {
      const id = await started({ unitId: globalId('CareUnit', otherHealthCentre) })
      await run(answer, {
        caseId: id,
        answers: cold.map((each) => (each.linkId === 'cough-kind' ? { ...each, codes: ['blood'] } : each)),
      })
      expect((await run(complete, { caseId: id })).careCase.status).toBe('WAITING')
      expect((await run(answer, { caseId: id, answers: [emergency] })).outcome).toBe('CALL_112')
      await expectNoPlace(id)
      const claim = 'mutation ($input: ClaimNextCaseInput!) { claimNextCase(input: $input) { careCase { id } refusal { code } } }'
      expect(await run(claim, { idempotencyKey: crypto.randomUUID() }, nurse(otherHealthCentre))).toMatchObject({
        careCase: null,
        refusal: { code: 'QUEUE_EMPTY' },
      })
    })
  })

  describe('while she waits', () => {
    const waiting = async (): Promise<string> => {
      const id = await started()
      await run(answer, {
        caseId: id,
        answers: cold.map((each) => (each.linkId === 'breathless' ? { ...each, codes: ['effort'] } : each)),
      })
      expect((await run(complete, { caseId: id })).careCase).toMatchObject({ status: 'WAITING', priority: 'P4' })
      service.setClock('2026-11-23T12:30:00+01:00')
      return id
    }

    it('[R32] answers that tell of a greater need move her up, from her own time of entry', async () => {
      const id = await waiting()
      const { enteredAt } = (await service.ask(viewer, read, { id })).data.careCase
      await run(answer, { caseId: id, answers: [{ linkId: 'cough-kind', codes: ['blood'] }] })
      expect((await run(complete, { caseId: id })).careCase).toMatchObject({ status: 'WAITING', priority: 'P2', enteredAt })
    })

    it('[R32] answers that tell of a lesser need do not cost her the place', async () => {
      const id = await waiting()
      await run(answer, { caseId: id, answers: [{ linkId: 'breathless', codes: ['no'] }] })
      expect(await run(complete, { caseId: id })).toMatchObject({
        refusal: null,
        outcome: 'HEALTH_CENTRE',
        careCase: { status: 'WAITING', priority: 'P4' },
      })
    })
  })

  it('[R30] an abandoned case takes no more answers', async () => {
    const id = await started()
    await run('mutation ($input: AbandonCaseInput!) { abandonCase(input: $input) { careCase { id } } }', { caseId: id })
    expect((await run(answer, { caseId: id, answers: cold })).refusal.code).toBe('TRIAGE_ENDED')
    expect((await run(complete, { caseId: id })).refusal.code).toBe('TRIAGE_ENDED')
  })

  describe('for a child', () => {
    const gunilla = crypto.randomUUID()
    const guardianOf = (birthDate: string): string => {
      const child = person(service, birthDate)
      service.guardianships.add(`${gunilla} ${child}`)
      return child
    }
    const childFever = (child: string) =>
      startInput({ patientId: globalId('Patient', child), questionnaire: questionnaire('child-fever') })

    it('[R20] the guardian starts and answers; the log and the answers say that it was she', async () => {
      const child = guardianOf('2021-05-05')
      const { careCase } = await run(start, childFever(child), patient(gunilla))
      await run(answer, { caseId: careCase.id, answers: [{ linkId: 'temperature', number: 39 }] }, patient(gunilla))
      expect(
        await service.rows(
          'SELECT DISTINCT answered_by_id FROM messaging.triage_answer a JOIN messaging.care_case c ON c.id = a.case_id WHERE c.patient_id = $1',
          child,
        ),
      ).toEqual([{ answered_by_id: gunilla }])
      expect(
        (await service.rows('SELECT 1 FROM audit.audit_event WHERE patient_id = $1 AND actor_id = $2', child, gunilla)).length,
      ).toBeGreaterThan(0)
    })

    it('[R23] from the 13th birthday she can neither start, go on nor see it: it looks like nothing', async () => {
      const child = guardianOf('2013-11-28')
      const { careCase } = await run(start, childFever(child), patient(gunilla))
      service.guardianships.delete(`${gunilla} ${child}`)
      const nobody = await run(start, childFever(crypto.randomUUID()), patient(gunilla))
      expect(await run(start, childFever(child), patient(gunilla))).toEqual(nobody)
      expect(nobody.code).toBe('NOT_FOUND')
      expect((await run(answer, { caseId: careCase.id, answers: cold }, patient(gunilla))).code).toBe('NOT_FOUND')
      expect((await service.ask(patient(gunilla), read, { id: careCase.id })).data.careCase).toBeNull()
      expect(
        (
          await service.ask(
            patient(gunilla),
            `query ($id: ID!) { questionnaires(first: 5, patientId: $id) { edges { node { id } } } }`,
            { id: globalId('Patient', child) },
          )
        ).errors?.[0]?.extensions.code,
      ).toBe('NOT_FOUND')
    })

    it('a key that opened the child’s case gives nothing of it away later', async () => {
      const child = guardianOf('2021-05-05')
      const input = childFever(child)
      await run(start, input, patient(gunilla))
      service.people.set(gunilla, {
        id: gunilla,
        birthDate: '1985-01-01',
        protectedIdentity: false,
        listedUnitId: healthCentre,
        region: 'vastmanland',
      })
      const own = await run(start, { ...startInput(), idempotencyKey: input.idempotencyKey }, patient(gunilla))
      expect(own).toMatchObject({ careCase: null, refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    })
  })

  it('[R23] a stranger’s case cannot be answered or completed, and looks like none', async () => {
    const id = await started()
    const stranger = patient(person(service, '1980-01-01'))
    const missing = globalId('CareCase', crypto.randomUUID())
    expect(await run(answer, { caseId: id, answers: cold }, stranger)).toEqual(
      await run(answer, { caseId: missing, answers: cold }, stranger),
    )
    expect((await run(complete, { caseId: id }, stranger)).code).toBe('NOT_FOUND')
  })

  it('[R28] nobody starts a case without a login, and staff do not answer for the patient', async () => {
    expect((await run(start, startInput(), anonymous)).code).toBe('UNAUTHENTICATED')
    expect((await run(start, startInput(), nurse(healthCentre))).code).toBe('FORBIDDEN')
  })

  describe('the complaints on offer', () => {
    const list = `query ($first: Int!, $after: String, $patientId: ID) { questionnaires(first: $first, after: $after, patientId: $patientId) {
      edges { cursor node { id title fromAge toAge experimental items { linkId } } } pageInfo { hasNextPage endCursor } } }`
    const titles = async (variables: object, language = 'sv') =>
      (await service.ask(viewer, list, { first: 100, ...variables }, language)).data.questionnaires.edges.map(
        ({ node }: { node: { title: string } }) => node.title,
      )

    it('[R30] suit the patient’s age, in Swedish order', async () => {
      expect(await titles({})).toEqual([
        'Barn med feber',
        'Besvär när du kissar',
        'Hosta och feber',
        'Hudutslag',
        'Ont i bröstet',
        'Ont i halsen',
        'Ont i ländryggen',
      ])
      expect(await titles({ patientId: globalId('Patient', astrid) }, 'en')).not.toContain('Child with a fever')
    })

    it('come in pages', async () => {
      const { data } = await service.ask(viewer, list, { first: 4 })
      const { pageInfo } = data.questionnaires
      expect(pageInfo.hasNextPage).toBe(true)
      const rest = (await service.ask(viewer, list, { first: 4, after: pageInfo.endCursor })).data.questionnaires
      expect(rest.edges).toHaveLength(3)
      expect(rest.pageInfo.hasNextPage).toBe(false)
      expect((await service.ask(viewer, list, { first: 0 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    })

    it('are entities that can be referred to', async () => {
      const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Questionnaire { id title version } } }`
      const representations = [questionnaire('cough-and-fever', '1.0.0'), questionnaire('cough-and-fever', '9.9')].map((id) => ({
        __typename: 'Questionnaire',
        id,
      }))
      const { data } = await service.ask(viewer, entities, { representations })
      expect(data._entities).toEqual([{ id: representations[0]?.id, title: 'Cough and fever', version: '1.0.0' }, null])
    })
  })

  it('the number of statements for the triage of many cases does not grow with the cases', async () => {
    for (let i = 0; i < 3; i++) await started({ questionnaire: questionnaire('chest-pain') })
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Patient { careCases(first: 10) { edges { node { triage { progress { asked } } } } } } } }`
    const { data } = await service.ask(viewer, query, {
      representations: [{ __typename: 'Patient', id: globalId('Patient', astrid) }],
    })
    expect(data._entities[0].careCases.edges).toHaveLength(3)
  })
})
