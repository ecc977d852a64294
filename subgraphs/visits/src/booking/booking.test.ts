import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectDatabase } from '../database.js'
import { endCase, nurse, openCase, patient, type Service, staff, startService, uuid } from '../testing/service.js'
import { newVisit } from '../testing/visits.js'
import { bookVisit } from './store.js'

const now = '2026-11-22T12:00:00+01:00'
const unit = 'SE2321000131-H001'
const nurseLine = 'SE2321000131-N1177'
const book = `mutation ($input: BookVisitFromCaseInput!) {
  bookVisitFromCase(input: $input) {
    visit { id startsAt endsAt channel status profession visitType { code name } patient { id } unit { id } careCase { id } }
    receipt { startsAt endsAt channel profession visitType { code } unit { id } }
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
    service.neighbours.kinds.set(nurseLine, 'NURSE_LINE_1177')
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
    (await service.owner.query('SELECT id FROM visits.visit WHERE patient_id = $1', [patientId])).rows as {
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
    endCase(service, uuid(people - 1))
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
    await service.owner.query(`UPDATE visits.visit SET status = 'CANCELLED', cancelled_at = $2 WHERE id = $1`, [row?.id, now])
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
    endCase(service, uuid(people - 1))
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

  describe('by 1177, which handles the case', () => {
    const sara = nurse(nurseLine)
    const handledBy1177 = (startedAt: string): string => openCase(service, uuid(people++), patientId, nurseLine, startedAt)
    const receipt = (at = unit) => ({
      startsAt: '2026-12-01T09:00:00+01:00',
      endsAt: '2026-12-01T09:30:00+01:00',
      channel: 'PHYSICAL',
      profession: 'DOCTOR',
      visitType: { code: 'NEW_PROBLEM' },
      unit: { id: globalId('CareUnit', at) },
    })
    const units = async () =>
      (
        await service.owner.query(
          'SELECT unit_id AS "unitId", region, booked_by_unit_id AS "bookedByUnitId" FROM visits.visit WHERE patient_id = $1',
          [patientId],
        )
      ).rows

    it('[R36] is at the health centre where the case was started, by whose policy it goes; the nurse gets a receipt', async () => {
      service.neighbours.regions.set('SE2321000131-H003', 'vastmanland')
      const answer = await booked(input({ caseId: handledBy1177('SE2321000131-H003') }), sara)
      expect(answer).toEqual({ visit: null, receipt: receipt('SE2321000131-H003'), refusal: null })
      expect(await units()).toEqual([{ unitId: 'SE2321000131-H003', region: 'vastmanland', bookedByUnitId: nurseLine }])
      expect((await told()).map(({ data }) => data.payload)).toMatchObject([{ unitId: 'SE2321000131-H003' }])
    })

    it('[R36, A1] the health centre sees the visit, and 1177 does not, by no way', async () => {
      const wish = input({ caseId: handledBy1177(unit) })
      await booked(wish, sara)
      const [row] = await stored()
      const query = `query ($visit: ID!, $case: ID!, $patient: ID!) {
        visit(id: $visit) { id }
        _entities(representations: [{ __typename: "CareCase", id: $case }, { __typename: "Patient", id: $patient }]) {
          ... on CareCase { visits(first: 5) { edges { node { id } } } } ... on Patient { visits(first: 5) { edges { node { id } } } } } }`
      const variables = {
        visit: globalId('Visit', row?.id ?? ''),
        case: wish.caseId,
        patient: globalId('Patient', patientId),
      }
      service.neighbours.caseRelations.delete(`${patientId} ${unit}`)
      const seen = await service.ask(nurse(unit), query, variables)
      const node = { node: { id: variables.visit } }
      expect(seen.data).toEqual({
        visit: node.node,
        // Through its patient: the case itself is 1177's, and looks like none.
        _entities: [{ visits: null }, { visits: { edges: [node] } }],
      })
      const unseen = await service.ask(sara, query, variables)
      expect(unseen.data).toEqual({ visit: null, _entities: [{ visits: { edges: [] } }, { visits: { edges: [] } }] })
    })

    it('[R36] a retry gives the same receipt and books nothing, also when the case has ended', async () => {
      const wish = input({ caseId: handledBy1177(unit) })
      const first = await booked(wish, sara)
      endCase(service, uuid(people - 1))
      expect(await booked(wish, sara)).toEqual(first)
      expect(await stored()).toHaveLength(1)
    })

    it('[R36] from a case that was started at 1177 it is at the health centre where the patient is listed', async () => {
      service.neighbours.listings.set(patientId, unit)
      expect(await booked(input({ caseId: handledBy1177(nurseLine) }), sara)).toMatchObject({ visit: null, receipt: receipt() })
    })

    it('[R36, A7] of a patient who is listed nowhere, from a case that was started at 1177, is refused, with what unlocks it', async () => {
      const answer = await booked(input({ caseId: handledBy1177(nurseLine) }), sara)
      expect(answer).toMatchObject({
        visit: null,
        receipt: null,
        refusal: { code: 'NO_UNIT_FOR_VISIT', rule: 'R36', unlock: expect.any(String) },
      })
      service.neighbours.listings.set(patientId, nurseLine)
      expect((await booked(input({ caseId: handledBy1177(nurseLine) }), sara)).refusal.code).toBe('NO_UNIT_FOR_VISIT')
      expect(await stored()).toEqual([])
    })

    it('[R36] the unit’s own staff get both the visit and the receipt', async () => {
      expect(await booked(input())).toMatchObject({ visit: { unit: { id: globalId('CareUnit', unit) } }, receipt: receipt() })
    })
  })

  describe('another unit’s visit', () => {
    const youthClinic = 'SE2321000131-U001'
    const visitAt = async (unitId: string) => {
      const db = connectDatabase(service.platform.pool)
      await bookVisit(db, service.platform.bus, newVisit({ patientId, unitId, startsAt: new Date('2026-12-01T09:10:00+01:00') }))
    }

    it('[A1, R23] refuses no booking and does not show', async () => {
      await visitAt(youthClinic)
      const answer = await booked(input())
      expect(answer).toMatchObject({ refusal: null, visit: { status: 'BOOKED' } })
      expect(JSON.stringify(answer)).not.toContain(youthClinic)
    })

    it('[A1] refuses none to 1177, which may not see that of the health centre either', async () => {
      await visitAt(unit)
      expect(
        await booked(input({ caseId: openCase(service, uuid(people++), patientId, nurseLine, unit) }), nurse(nurseLine)),
      ).toMatchObject({ refusal: null, receipt: { unit: { id: globalId('CareUnit', unit) } } })
    })

    it('[R36] that 1177 has booked at the unit refuses one of the unit’s own, which sees it; and a second by 1177', async () => {
      const handled = openCase(service, uuid(people++), patientId, nurseLine, unit)
      await booked(input({ caseId: handled }), nurse(nurseLine))
      expect((await booked(input())).refusal.code).toBe('VISIT_OVERLAPS')
      expect((await booked(input({ caseId: handled }), nurse(nurseLine))).refusal.code).toBe('VISIT_OVERLAPS')
    })

    it('[A1] takes as much work to book over as where there is none', async () => {
      const client = await service.platform.pool.connect()
      client.release()
      const asked = vi.spyOn(Object.getPrototypeOf(client), 'query')
      const work = async (): Promise<string[]> => {
        asked.mockClear()
        expect((await booked(input())).refusal).toBeNull()
        const statements = asked.mock.calls.map(([statement]) =>
          typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? ''),
        )
        return statements.filter((statement) => /"visits"|audit_event/.test(statement))
      }
      const alone = await work()
      patientId = uuid(people++)
      caseId = openCase(service, uuid(people++), patientId, unit)
      await visitAt(youthClinic)
      expect(alone.length).toBeGreaterThan(2)
      expect(await work()).toEqual(alone)
      asked.mockRestore()
    })

    it('[A1, R23] shows as a collision to the patient and who may act for her, never to staff', async () => {
      await visitAt(youthClinic)
      const { visit } = await booked(input())
      const guardian = uuid(people++)
      service.neighbours.guardianships.add(`${guardian} ${patientId}`)
      const collides = async (viewer: Viewer) =>
        (await service.ask(viewer, 'query ($id: ID!) { visit(id: $id) { collides } }', { id: visit.id })).data.visit.collides
      expect(await collides(patient(patientId))).toBe(true)
      expect(await collides(patient(guardian))).toBe(true)
      expect(await collides(nurse(unit))).toBeNull()
      await service.owner.query(
        `UPDATE visits.visit SET status = 'CANCELLED', cancelled_at = $2 WHERE patient_id = $1 AND unit_id = $3`,
        [patientId, now, youthClinic],
      )
      expect(await collides(patient(patientId))).toBe(false)
    })
  })

  it('[A1, A3] gives an administrator of the unit nothing from a case of its queue, and logs the attempt', async () => {
    const admin = staff(unit, 'UNIT_ADMINISTRATOR')
    const nowhere = await booked(input({ caseId: globalId('CareCase', uuid(1)) }), admin)
    expect(await booked(input(), admin)).toEqual(nowhere)
    expect(await stored()).toEqual([])
    const { rows } = await service.owner.query(
      'SELECT what, reason, refused, role FROM audit.audit_event WHERE patient_id = $1',
      [patientId],
    )
    expect(rows).toEqual([{ what: 'CareCase', reason: 'bookVisitFromCase', refused: true, role: 'UNIT_ADMINISTRATOR' }])
  })

  it.each(['', 'k'.repeat(65), 'NUL \0', 'half a pair \ud83d'])('refuses the key %j', async (idempotencyKey) => {
    const { errors } = await booked(input({ idempotencyKey }))
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(await stored()).toEqual([])
  })

  it('[A3] logs the attempt when it cannot be known whose case it is', async () => {
    const { careCase } = service.platform.own
    service.platform.own.careCase = async () => Promise.reject(new Error('down'))
    await booked(input())
    if (careCase) service.platform.own.careCase = careCase
    const { rows } = await service.owner.query('SELECT what, refused FROM audit.audit_event WHERE resource_id = $1', [
      uuid(people - 1),
    ])
    expect(rows).toEqual([{ what: 'CareCase', refused: true }])
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
