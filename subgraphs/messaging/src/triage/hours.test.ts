import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from '../testing/service.js'
import { centre, eventually, nurseLine, patient, rowId } from '../testing/story.js'
import { coldBut, triaging } from '../testing/triaging.js'

const noon = '2026-11-23T12:00:00+01:00'
/** Blood in the cough: for the health centre, with P2. */
const forCentre = coldBut({ linkId: 'cough-kind', codes: ['blood'] })

describe('what triage tells of who answers', () => {
  let service: Service
  let triage: ReturnType<typeof triaging>
  beforeAll(async () => {
    service = await startService(noon)
    service.neighbours.unitKinds.set(nurseLine, 'NURSE_LINE_1177')
    triage = triaging(service)
  })
  afterAll(() => service.stop())

  it.each([
    [noon, 'The health centre answers in the chat.'],
    ['2026-11-23T15:59:59+01:00', 'The health centre answers in the chat.'],
    ['2026-11-23T16:00:00+01:00', 'A nurse at 1177 answers in the chat.'],
    ['2026-11-23T22:00:00+01:00', 'The health centre answers in the chat when it opens, Tuesday 24 November at 08:00.'],
    ['2026-11-27T22:00:00+01:00', 'A nurse at 1177 answers in the chat when 1177 opens, Saturday 28 November at 08:00.'],
  ])('[R27, R31] completed at %s: %s', async (now, told) => {
    service.setClock(now)
    const viewer = patient(triage.person('1992-03-01'))
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, forCentre)
    const { assessment } = await triage.complete(viewer, id)
    expect(assessment).toMatchObject({ outcome: 'HEALTH_CENTRE', instructions: expect.stringMatching(`^${told} You get an SMS`) })
  })

  it('[R27] says anew who answers when the case has been sent on, or the unit has opened', async () => {
    service.setClock(noon)
    const viewer = patient(triage.person('1992-03-01'))
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, forCentre)
    await triage.complete(viewer, id)
    const read = async (): Promise<string> => {
      const { data } = await service.ask(
        viewer,
        'query ($id: ID!) { careCase(id: $id) { triage { assessment { instructions } } } }',
        { id },
        'sv',
      )
      return data.careCase.triage.assessment.instructions
    }
    const responder = async () => (await service.db.careCase.findUnique({ where: { id: rowId(id) } }))?.responderUnitId
    service.setClock('2026-11-23T16:00:00+01:00')
    await eventually(async () => (await responder()) === nurseLine)
    expect(await read()).toMatch(/^En sjuksköterska på 1177 svarar i chatten\. /)
    service.setClock('2026-11-23T22:00:00+01:00')
    await eventually(async () => (await responder()) === centre)
    expect(await read()).toMatch(/^Vårdcentralen svarar i chatten när den öppnar, tisdag 24 november kl\. 08:00\. /)
    service.setClock('2026-11-24T08:00:00+01:00')
    expect(await read()).toMatch(/^Vårdcentralen svarar i chatten\. /)
  })

  it('[A7] at a time before the region’s first policy no case is started, and a code says why', async () => {
    service.setClock('2024-01-10T12:00:00+01:00')
    const viewer = patient(triage.person('1992-03-01'))
    expect(await triage.start(viewer)).toMatchObject({ code: 'POLICY_NOT_IN_FORCE' })
    service.setClock('2024-04-24T12:00:00+02:00')
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, forCentre)
    expect(await triage.complete(viewer, id)).toMatchObject({ outcome: 'HEALTH_CENTRE', careCase: { status: 'WAITING' } })
  })

  it('[R30] numbers are shown with their unit, in the reader’s language and for one or many', async () => {
    service.setClock(noon)
    const viewer = patient(triage.person('1992-03-01'))
    const id = await triage.started(viewer)
    await triage.answer(viewer, id, coldBut({ linkId: 'cough-weeks', number: 1 }))
    const shown = async (language: 'sv' | 'en') =>
      (await triage.read(viewer, id, language)).triage.answers.find(({ linkId }: { linkId: string }) => linkId === 'cough-weeks')
        ?.display
    expect([await shown('sv'), await shown('en')]).toEqual(['1 vecka', '1 week'])
    await triage.answer(viewer, id, [{ linkId: 'cough-weeks', number: 2 }])
    expect([await shown('sv'), await shown('en')]).toEqual(['2 veckor', '2 weeks'])
  })
})
