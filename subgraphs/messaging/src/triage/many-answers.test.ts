import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Service, startService } from '../testing/service.js'
import { patient, rowId } from '../testing/story.js'
import { emergency, questionnaire, triaging } from '../testing/triaging.js'
import { MAX_ANSWERS_KEPT } from './rules.js'

const noon = '2026-11-23T12:00:00+01:00'

describe('a case with very many answers', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  let astrid: string
  let viewer: Viewer
  beforeAll(async () => {
    service = await startService(noon)
    triage = triaging(service)
    astrid = triage.person('1992-03-01')
    viewer = patient(astrid)
  })
  afterAll(() => service.stop())

  /** Answers of old, as if she had changed her mind all day: `fever` no, yes, no, … */
  const changed = (id: string, times: number) =>
    triage.rows(
      `INSERT INTO messaging.triage_answer (case_id, seq, link_id, values, answered_at, answered_by_id)
       SELECT $1::uuid, n, 'fever', to_jsonb(ARRAY[n % 2 = 0]), $2::timestamptz, $3::uuid FROM generate_series(1, $4::int) n`,
      rowId(id),
      service.now(),
      astrid,
      times,
    )
  const kept = (id: string) => service.db.triageAnswer.count({ where: { caseId: rowId(id) } })

  it('[R30] reads one answer a question, and the statements do not grow with answers or cases', async () => {
    const ids: string[] = []
    for (const complaint of ['cough-and-fever', 'skin-rash', 'sore-throat'])
      ids.push(await triage.started(viewer, { questionnaire: questionnaire(complaint) }))
    for (const id of ids) await changed(id, 4_000)
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Patient { careCases(first: 10) { edges { node { triage { answers { linkId boolean } } } } } } } }`
    const read = vi.spyOn(service.platform.pool.of('requests'), 'query')
    const { data } = await service.ask(viewer, query, {
      representations: [{ __typename: 'Patient', id: globalId('Patient', astrid) }],
    })
    const results = await Promise.all(read.mock.results.map(({ value }) => value as Promise<{ rows: unknown[] }>))
    expect(results.reduce((rows, { rows: more }) => rows + more.length, 0)).toBeLessThan(40)
    read.mockRestore()
    for (const { node } of data._entities[0].careCases.edges)
      expect(node.triage.answers).toEqual([{ linkId: 'fever', boolean: true }])
    for (const id of ids) await triage.abandon(viewer, id)
  })

  it('[R30, R31] takes no more answers at the bound, and says so; a red flag it takes all the same', async () => {
    const id = await triage.started(viewer)
    await changed(id, MAX_ANSWERS_KEPT - 1)
    // An odd number of them: the last one said no.
    expect((await triage.answer(viewer, id, [{ linkId: 'fever', boolean: true }])).refusal).toBeNull()
    expect(await kept(id)).toBe(MAX_ANSWERS_KEPT)
    expect(await triage.answer(viewer, id, [{ linkId: 'fever', boolean: false }])).toMatchObject({
      outcome: null,
      refusal: { code: 'TOO_MANY_ANSWERS' },
    })
    // A retry of what is known adds nothing, and is not refused.
    expect((await triage.answer(viewer, id, [{ linkId: 'fever', boolean: true }])).refusal).toBeNull()
    expect(await kept(id)).toBe(MAX_ANSWERS_KEPT)
    expect(await triage.answer(viewer, id, [emergency])).toMatchObject({ outcome: 'CALL_112', refusal: null })
    expect(await kept(id)).toBe(MAX_ANSWERS_KEPT + 1)
  })
})
