import { globalId } from '@vardgraf/subgraph'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nurse, openCase, patient, type Service, startService, uuid } from './testing/service.js'

const now = '2026-11-22T12:00:00+01:00'
const unit = 'SE2321000131-H001'
const book = `mutation ($input: BookVisitFromCaseInput!) {
  bookVisitFromCase(input: $input) {
    visit { id startsAt endsAt channel status profession visitType { code name } patient { id } unit { id } careCase { id } }
    refusal { code rule message unlock }
  }
}`

describe('bookVisitFromCase', () => {
  let service: Service
  let people = 100
  let patientId: string
  let caseId: string
  beforeAll(async () => {
    service = await startService(now)
  })
  beforeEach(() => {
    service.setClock(now)
    patientId = uuid(people++)
    caseId = openCase(service, uuid(people++), patientId, unit)
  })
  afterAll(() => service.stop())

  const input = (changes: object = {}) => ({
    caseId,
    startsAt: '2026-12-01T09:00:00+01:00',
    durationMinutes: 30,
    channel: 'PHYSICAL',
    profession: 'DOCTOR',
    visitType: 'NEW_PROBLEM',
    idempotencyKey: crypto.randomUUID(),
    ...changes,
  })
  const booked = async (wish: object, viewer = nurse(unit)) => {
    const { data, errors } = await service.ask(viewer, book, { input: wish })
    return { ...data?.bookVisitFromCase, errors }
  }
  const stored = async () =>
    (await service.owner.query('SELECT id FROM visits.visit WHERE "patientId" = $1', [patientId])).rows as {
      id: string
    }[]
  const told = async () =>
    (
      await service.owner.query(
        `SELECT data FROM pgboss.job WHERE name = 'visit.booked.messaging' AND data->'payload'->>'patientId' = $1`,
        [patientId],
      )
    ).rows as { data: { payload: object } }[]

  it('[R36] books the visit and tells it in the same transaction', async () => {
    const { visit, refusal } = await booked(input())
    expect(refusal).toBeNull()
    expect(visit).toMatchObject({
      startsAt: '2026-12-01T09:00:00+01:00',
      endsAt: '2026-12-01T09:30:00+01:00',
      channel: 'PHYSICAL',
      status: 'BOOKED',
      profession: 'DOCTOR',
      visitType: { code: 'NEW_PROBLEM', name: 'Nybesök' },
      patient: { id: globalId('Patient', patientId) },
      unit: { id: globalId('CareUnit', unit) },
      careCase: { id: caseId },
    })
    const [row] = await stored()
    const events = (await told()).map((event) => event.data.payload)
    const expected = {
      visitId: row?.id,
      patientId,
      unitId: unit,
      caseId: uuid(people - 1),
      startsAt: '2026-12-01T09:00:00+01:00',
    }
    expect(events).toEqual([expected])
  })

  it('[R36] gives a retry the first result, also when the time has passed and the case is closed', async () => {
    const wish = input()
    const first = await booked(wish)
    service.neighbours.cases.set(uuid(people - 1), {
      id: uuid(people - 1),
      patientId,
      unitId: unit,
      status: 'CLOSED',
      ongoing: false,
    })
    service.setClock('2026-12-01T09:10:00+01:00')
    expect(await booked(wish)).toEqual(first)
    expect(await stored()).toHaveLength(1)
    expect(await told()).toHaveLength(1)
  })

  it('[R36] books once when the same request comes ten times at once', async () => {
    const wish = input()
    const answers = await Promise.all(Array.from({ length: 10 }, () => booked(wish)))
    expect(new Set(answers.map((answer) => answer.visit.id)).size).toBe(1)
    expect(await told()).toHaveLength(1)
  })

  it('[R36] refuses a key that has booked something else', async () => {
    const wish = input()
    await booked(wish)
    const { visit, refusal } = await booked({ ...wish, durationMinutes: 45 })
    expect([visit, refusal.code]).toEqual([null, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('[R36] lets one of two that meet in time through, whoever books them', async () => {
    const wishes = Array.from({ length: 8 }, (_, i) => input({ startsAt: `2026-12-01T09:0${i}:00+01:00` }))
    const answers = await Promise.all(wishes.map((wish, i) => booked(wish, nurse(unit, `nurse ${i}`))))
    expect(answers.map((answer) => answer.visit?.id ?? answer.refusal.code).filter((x) => x !== 'VISIT_OVERLAPS')).toHaveLength(1)
    expect(await stored()).toHaveLength(1)
    expect(await told()).toHaveLength(1)
  })

  it('[R36] lets a visit begin as another ends, and in a time that was given back', async () => {
    const first = await booked(input())
    expect((await booked(input({ startsAt: '2026-12-01T09:30:00+01:00' }))).refusal).toBeNull()
    expect((await booked(input())).refusal.code).toBe('VISIT_OVERLAPS')
    const [row] = await stored()
    await service.owner.query(`UPDATE visits.visit SET status = 'CANCELLED', "cancelledAt" = $2 WHERE id = $1`, [row?.id, now])
    const again = await booked(input())
    expect(again.refusal).toBeNull()
    expect(again.visit.id).not.toBe(first.visit.id)
  })

  it.each([
    [{ startsAt: now }, 'VISIT_IN_THE_PAST'],
    [{ durationMinutes: 4 }, 'VISIT_LENGTH_OUT_OF_BOUNDS'],
    [{ durationMinutes: 241 }, 'VISIT_LENGTH_OUT_OF_BOUNDS'],
  ])('[R36, A7] refuses %o with %s, the rule and what would unlock it', async (changes, code) => {
    const { visit, refusal } = await booked(input(changes))
    expect(visit).toBeNull()
    expect(refusal).toEqual({ code, rule: 'R36', message: expect.any(String), unlock: expect.any(String) })
    expect(await stored()).toEqual([])
  })

  it('[R36] refuses a case that is not ongoing', async () => {
    service.neighbours.cases.set(uuid(people - 1), {
      id: uuid(people - 1),
      patientId,
      unitId: unit,
      status: 'CLOSED',
      ongoing: false,
    })
    expect((await booked(input())).refusal.code).toBe('CASE_NOT_ONGOING')
  })

  it('[A1, A7] answers a case of another unit as one that does not exist', async () => {
    const elsewhere = await booked(input(), nurse('SE2321000131-H002'))
    const nowhere = await booked(input({ caseId: globalId('CareCase', uuid(1)) }))
    const noId = await booked(input({ caseId: globalId('Visit', uuid(1)) }))
    expect(elsewhere.refusal.code).toBe('NOT_FOUND')
    expect(elsewhere).toEqual(nowhere)
    expect(noId).toEqual(nowhere)
  })

  it('[A1, A3] refuses staff without a care relation and logs the attempt', async () => {
    service.neighbours.caseRelations.delete(`${patientId} ${unit}`)
    expect((await booked(input())).refusal.code).toBe('NOT_FOUND')
    const { rows } = await service.owner.query(
      'SELECT what, reason, refused, unit_id FROM audit.audit_event WHERE patient_id = $1',
      [patientId],
    )
    expect(rows).toEqual([{ what: 'CareCase', reason: 'bookVisitFromCase', refused: true, unit_id: unit }])
  })

  it('[R36] is for staff alone', async () => {
    const { errors } = await service.ask(patient(patientId), book, { input: input() })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await stored()).toEqual([])
  })

  it('books nothing while a fact that the decision needs cannot be had', async () => {
    const { careCase } = service.platform.own
    service.platform.own.careCase = async () => Promise.reject(new Error('down'))
    const { errors } = await service.ask(nurse(unit), book, { input: input() })
    if (careCase) service.platform.own.careCase = careCase
    expect(errors).toHaveLength(1)
    expect(await stored()).toEqual([])
  })
})
