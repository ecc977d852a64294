import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { globalId, localId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { assertUnchanged, loadQuestionnaires } from '../questionnaires/library.js'
import { type Service, startService } from '../testing/service.js'
import { anonymous, centre, nextKey, nurseLine, otherCentre, patient, staff } from '../testing/story.js'
import { cold, coldBut, questionnaire, triaging } from '../testing/triaging.js'
import { triageStates } from './store.js'

const folder = join(import.meta.dirname, '../../questionnaires')
const folderWith = async (files: Record<string, string>): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'questionnaires-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return path
}
const idOf = (rest: string): string => globalId('Questionnaire', `https://vardgraf.example/fhir/Questionnaire/${rest}`)
const youthClinic = 'SE2321000172-Y001'
const noUnit = 'SE2321000172-X999'
const noon = '2026-11-23T12:00:00+01:00'

describe('triage in the graph', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
    service.neighbours.unitKinds.set(nurseLine, 'NURSE_LINE_1177').set(youthClinic, 'YOUTH_CLINIC').set(noUnit, null)
    triage = triaging(service)
  })
  beforeEach(() => {
    service.setClock(noon)
    astrid = triage.person('1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  it('[R25] starts at three in the night, at the health centre where she is listed', async () => {
    service.setClock('2026-11-23T03:00:00+01:00')
    const { careCase, refusal } = await triage.start(viewer)
    expect(refusal).toBeNull()
    expect(careCase).toMatchObject({
      status: 'TRIAGING',
      complaint: 'cough-and-fever',
      unit: { id: globalId('CareUnit', centre) },
      outcome: null,
      waitingRoom: null,
    })
    expect(careCase.triage.nextItems[0]).toMatchObject({ linkId: 'emergency-signs', type: 'CHOICE' })
  })

  it('[R25] two open cases on different matters are fine, and each keeps its own answers', async () => {
    const [one, two] = [
      await triage.started(viewer),
      await triage.started(viewer, { questionnaire: questionnaire('low-back-pain') }),
    ]
    expect(one).not.toBe(two)
    await triage.answer(viewer, one, cold)
    const careCase = await triage.read(viewer, two)
    expect(careCase).toMatchObject({ complaint: 'low-back-pain', triage: { answers: [] } })
  })

  it('[R25] a retry of the start gives the first case, also when both arrive at once', async () => {
    const input = { idempotencyKey: nextKey() }
    const both = await Promise.all([triage.start(viewer, input), triage.start(viewer, input), triage.start(viewer, input)])
    expect(new Set(both.map(({ careCase }) => careCase.id)).size).toBe(1)
    expect((await triage.start(viewer, { ...input, unitId: globalId('CareUnit', centre) })).careCase.id).toBe(
      both[0]?.careCase.id,
    )
  })

  it.each([
    ['complaint', { questionnaire: questionnaire('chest-pain') }],
    ['unit', { unitId: globalId('CareUnit', otherCentre) }],
    ['way in', { entryChannel: 'APP' }],
  ])('[R25] a key that is used again for another %s never passes the first case off as the new one', async (_what, change) => {
    const input = { idempotencyKey: nextKey() }
    await triage.start(viewer, input)
    expect(await triage.start(viewer, { ...input, ...change })).toMatchObject({
      careCase: null,
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('[R26] the case stays with its unit when she is listed elsewhere in the middle of it', async () => {
    const id = await triage.started(viewer)
    triage.person('1992-03-01', otherCentre, astrid)
    await triage.answer(viewer, id, coldBut({ linkId: 'breathless', codes: ['effort'] }))
    const { careCase } = await triage.complete(viewer, id)
    expect(careCase).toMatchObject({
      status: 'WAITING',
      unit: { id: globalId('CareUnit', centre) },
      responder: { id: globalId('CareUnit', centre) },
    })
  })

  it.each<[string, object, string]>([
    ['[R29] a key press in the phone queue', { entryChannel: 'PHONE_KEYPAD' }, 'ENTRY_CHANNEL_NOT_OPEN'],
    ['[R26] a youth clinic', { unitId: globalId('CareUnit', youthClinic) }, 'UNIT_WITHOUT_TRIAGE'],
    ['[R26] a unit that does not exist', { unitId: globalId('CareUnit', noUnit) }, 'UNIT_WITHOUT_TRIAGE'],
    ['[R30] questions for children', { questionnaire: questionnaire('child-fever') }, 'QUESTIONNAIRE_NOT_FOR_AGE'],
    ['[R30] questions that do not exist', { questionnaire: questionnaire('nothing') }, 'QUESTIONNAIRE_UNKNOWN'],
    ['[R30] an invented version', { questionnaire: questionnaire('cough-and-fever', '9.9.9') }, 'QUESTIONNAIRE_UNKNOWN'],
    ['[R30] no version', { questionnaire: idOf('cough-and-fever') }, 'QUESTIONNAIRE_UNKNOWN'],
    ['[R30] a version and more', { questionnaire: idOf('cough-and-fever|1.1.0|x') }, 'QUESTIONNAIRE_UNKNOWN'],
  ])('%s is refused, and says what would unlock it', async (_what, change, code) => {
    const { careCase, refusal } = await triage.start(viewer, change)
    expect(careCase).toBeNull()
    expect(refusal).toMatchObject({ code, rule: expect.stringMatching(/^R\d+$/), unlock: expect.any(String) })
  })

  it('[R26] who is listed nowhere chooses a unit', async () => {
    const nowhere = patient(triage.person('1990-01-01', null))
    expect((await triage.start(nowhere)).refusal.code).toBe('UNIT_NEEDED')
    expect((await triage.start(nowhere, { unitId: globalId('CareUnit', nurseLine) })).careCase.status).toBe('TRIAGING')
  })

  it('[R30] a new case gets the latest active version, whichever real one the client has seen', async () => {
    const { careCase } = await triage.start(viewer, { questionnaire: questionnaire('cough-and-fever', '1.0.0') })
    expect(careCase.triage.questionnaire.version).toBe('1.1.0')
  })

  it('[R30] a case keeps the version it began with, also when its file is gone; an edited version stops the process', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, cold)
    const other = await readFile(join(folder, 'sore-throat-1.0.0.json'), 'utf8')
    const later = await loadQuestionnaires(await folderWith({ 'sore-throat.json': other }))
    const [state] = await triageStates(service.db, later, [localId(id, 'CareCase') ?? ''])
    expect(state?.questionnaire).toMatchObject({ version: '1.1.0', status: 'retired', title: { sv: 'Hosta och feber' } })
    expect(later.current().map(({ title }) => title.sv)).toEqual(['Ont i halsen'])

    const edited = (await readFile(join(folder, 'cough-and-fever-1.1.0.json'), 'utf8')).replace('Har du hosta?', 'Hostar du?')
    const changed = await loadQuestionnaires(await folderWith({ 'cough.json': edited }))
    await expect(assertUnchanged(service.db, changed)).rejects.toThrow('give the new text a new version')
    await assertUnchanged(service.db, await loadQuestionnaires(folder))
  })

  it('[R30] can be left and resumed, in another language, with what was answered and what is left', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, [
      ...cold.slice(0, 1),
      { linkId: 'fever', boolean: true },
      { linkId: 'temperature', number: 38.5 },
    ])
    const careCase = await triage.read(viewer, id, 'sv')
    expect(careCase.triage.answers.map(({ linkId, display }: { linkId: string; display: string }) => [linkId, display])).toEqual([
      ['emergency-signs', 'Inget av detta'],
      ['fever', 'Ja'],
      ['temperature', '38,5 °C'],
    ])
    expect(careCase.triage.nextItems[0]).toMatchObject({ linkId: 'fever-days', text: 'Hur många dagar har du haft feber?' })
    expect(careCase.triage.progress).toEqual({ answered: 3, asked: 9, complete: false })
  })

  it('[R30] an answer that is changed is kept beside the new one, and follow-ups that are no longer asked do not count', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, coldBut({ linkId: 'fever', boolean: true }, { linkId: 'temperature', number: 40 }))
    const { careCase } = await triage.answer(viewer, id, [{ linkId: 'fever', boolean: false }])
    const temperature = careCase.triage.answers.find(({ linkId }: { linkId: string }) => linkId === 'temperature')
    expect(temperature).toMatchObject({ number: 40, counts: false })
    expect((await triage.complete(viewer, id)).outcome).toBe('SELF_CARE')
    expect(
      await triage.rows(
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
    await triage.answer(viewer, await triage.started(viewer), cold)
    await expect(triage.rows('UPDATE messaging.triage_answer SET values = $1', '[]')).rejects.toThrow('append-only')
    await expect(triage.rows('DELETE FROM messaging.triage_answer')).rejects.toThrow('append-only')
  })

  it('[R30] wrong answers are told each at its question, and none are kept', async () => {
    const id = await triage.started(viewer)
    const wrong = [
      { linkId: 'fever', text: 'yes' },
      { linkId: 'cough', boolean: true },
      { linkId: 'temperature', number: 12 },
      { linkId: 'colour', codes: ['red'] },
    ]
    const { errors, careCase } = await triage.answer(viewer, id, wrong)
    expect(errors).toEqual([
      { linkId: 'fever', code: 'WRONG_TYPE', message: 'The answer has the wrong form.', limit: null },
      { linkId: 'temperature', code: 'TOO_LOW', message: 'The value is too low: at least 34.', limit: 34 },
      { linkId: 'colour', code: 'UNKNOWN_QUESTION', message: 'There is no such question.', limit: null },
    ])
    expect(careCase.triage.answers).toEqual([])
  })

  it.each([
    ['one question twice', [...cold.slice(1, 2), ...cold.slice(1, 2)]],
    ['an answer in two forms', [{ linkId: 'fever', boolean: true, text: 'yes' }]],
  ])('refuses %s as bad input', async (_what, answers) => {
    expect((await triage.answer(viewer, await triage.started(viewer), answers)).code).toBe('BAD_USER_INPUT')
  })

  it('[R30] cannot be completed while questions are left, and says which', async () => {
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, cold.slice(0, 5))
    const { outcome, refusal, careCase } = await triage.complete(viewer, id)
    expect({ outcome, refusal }).toEqual({
      outcome: null,
      refusal: { code: 'TRIAGE_INCOMPLETE', missing: ['breathless', 'conditions'] },
    })
    expect(careCase.status).toBe('TRIAGING')
  })

  it('[R30] an abandoned case takes no more answers', async () => {
    const id = await triage.started(viewer)
    await triage.abandon(viewer, id)
    expect((await triage.answer(viewer, id, cold)).refusal.code).toBe('TRIAGE_ENDED')
    expect((await triage.complete(viewer, id)).refusal.code).toBe('TRIAGE_ENDED')
  })

  describe('for a child', () => {
    const gunilla = crypto.randomUUID()
    const guardianOf = (birthDate: string): string => {
      const child = triage.person(birthDate)
      service.neighbours.custody.add(`${gunilla} ${child}`)
      return child
    }
    const childFever = (child: string) => ({
      patientId: globalId('Patient', child),
      questionnaire: questionnaire('child-fever'),
      idempotencyKey: nextKey(),
    })

    it('[R20] the guardian starts and answers; the log and the answers say that it was she', async () => {
      const child = guardianOf('2021-05-05')
      const { careCase } = await triage.start(patient(gunilla), childFever(child))
      await triage.answer(patient(gunilla), careCase.id, [{ linkId: 'temperature', number: 39 }])
      expect(
        await triage.rows(
          'SELECT DISTINCT answered_by_id FROM messaging.triage_answer a JOIN messaging.care_case c ON c.id = a.case_id WHERE c.patient_id = $1',
          child,
        ),
      ).toEqual([{ answered_by_id: gunilla }])
      expect(
        (await triage.rows('SELECT 1 FROM audit.audit_event WHERE patient_id = $1 AND actor_id = $2', child, gunilla)).length,
      ).toBeGreaterThan(0)
    })

    it('[R23] from the 13th birthday she can neither start, go on nor see it: it looks like nothing', async () => {
      const child = guardianOf('2013-11-24')
      const { careCase } = await triage.start(patient(gunilla), childFever(child))
      service.setClock('2026-11-23T23:59:59+01:00')
      expect((await triage.answer(patient(gunilla), careCase.id, [])).refusal).toBeNull()
      service.setClock('2026-11-24T00:00:00+01:00')
      const nobody = await triage.start(patient(gunilla), childFever(crypto.randomUUID()))
      expect(await triage.start(patient(gunilla), childFever(child))).toEqual(nobody)
      expect(nobody.code).toBe('NOT_FOUND')
      expect((await triage.answer(patient(gunilla), careCase.id, cold)).code).toBe('NOT_FOUND')
      expect(await triage.read(patient(gunilla), careCase.id)).toBeNull()
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
      await triage.start(patient(gunilla), input)
      triage.person('1985-01-01', centre, gunilla)
      const own = await triage.start(patient(gunilla), { idempotencyKey: input.idempotencyKey })
      expect(own).toMatchObject({ careCase: null, refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    })
  })

  it('[R23] a stranger’s case cannot be answered or completed, and looks like none', async () => {
    const id = await triage.started(viewer)
    const stranger = patient(triage.person('1980-01-01'))
    const missing = globalId('CareCase', crypto.randomUUID())
    expect(await triage.answer(stranger, id, cold)).toEqual(await triage.answer(stranger, missing, cold))
    expect((await triage.complete(stranger, id)).code).toBe('NOT_FOUND')
  })

  it('[R28] nobody starts a case without a login, and staff do not answer for the patient', async () => {
    expect((await triage.start(anonymous)).code).toBe('UNAUTHENTICATED')
    expect((await triage.start(staff(centre))).code).toBe('FORBIDDEN')
  })

  describe('the complaints on offer', () => {
    const list = `query ($first: Int!, $after: String, $patientId: ID) { questionnaires(first: $first, after: $after, patientId: $patientId) {
      edges { cursor node { id title fromAge toAge experimental items { linkId } } } pageInfo { hasNextPage endCursor } } }`
    const titles = async (who: Viewer, variables: object = {}) =>
      (await service.ask(who, list, { first: 100, ...variables })).data.questionnaires.edges.map(
        ({ node }: { node: { title: string } }) => node.title,
      )

    it('[R30] suit the viewer’s own age where nobody is named, in Swedish order; staff, who have none, see all', async () => {
      const forAdults = [
        'Besvär när du kissar',
        'Hosta och feber',
        'Hudutslag',
        'Ont i bröstet',
        'Ont i halsen',
        'Ont i ländryggen',
      ]
      expect(await titles(viewer)).toEqual(forAdults)
      expect(await titles(viewer, { patientId: globalId('Patient', astrid) })).toEqual(forAdults)
      expect(await titles(staff(centre))).toEqual(['Barn med feber', ...forAdults])
    })

    it('[R30] suit the age of the child that a guardian names', async () => {
      const child = triage.person('2021-05-05')
      service.neighbours.custody.add(`${astrid} ${child}`)
      expect(await titles(viewer, { patientId: globalId('Patient', child) })).toContain('Barn med feber')
    })

    it('[R30] of a viewer of 12 and of 13 change at local midnight of the birthday', async () => {
      const teenager = patient(triage.person('2013-11-24'))
      service.setClock('2026-11-23T23:59:59+01:00')
      expect(await titles(teenager)).toContain('Barn med feber')
      service.setClock('2026-11-24T00:00:00+01:00')
      expect(await titles(teenager)).toContain('Ont i bröstet')
      expect(await titles(teenager)).not.toContain('Barn med feber')
    })

    it('come in pages', async () => {
      const { data } = await service.ask(viewer, list, { first: 4 })
      const { pageInfo } = data.questionnaires
      expect(pageInfo.hasNextPage).toBe(true)
      const rest = (await service.ask(viewer, list, { first: 4, after: pageInfo.endCursor })).data.questionnaires
      expect(rest.edges).toHaveLength(2)
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
      expect(data._entities).toEqual([{ id: representations[0]?.id, title: 'Hosta och feber', version: '1.0.0' }, null])
    })
  })

  it('reads the triage of many cases with as many statements as of one', async () => {
    const query = `query ($representations: [_Any!]!, $first: Int!) { _entities(representations: $representations) {
      ... on Patient { careCases(first: $first) { edges { node { triage { progress { asked } answers { linkId } } } } } } } }`
    const complaints = ['cough-and-fever', 'skin-rash', 'chest-pain', 'sore-throat', 'low-back-pain']
    for (const complaint of complaints)
      await triage.answer(viewer, await triage.started(viewer, { questionnaire: questionnaire(complaint) }), [
        { linkId: 'anything-else', text: 'it hurts' },
      ])
    const statements = vi.spyOn(service.platform.pool.of('requests'), 'query')
    const counted = async (first: number): Promise<number> => {
      statements.mockClear()
      const { data } = await service.ask(viewer, query, {
        first,
        representations: [{ __typename: 'Patient', id: globalId('Patient', astrid) }],
      })
      expect(data._entities[0].careCases.edges).toHaveLength(first)
      return statements.mock.calls.length
    }
    const one = await counted(1)
    expect(one).toBeGreaterThan(2)
    expect(await counted(5)).toBe(one)
    statements.mockRestore()
  })
})
