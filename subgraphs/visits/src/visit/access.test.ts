import { GraphError } from '@vardgraf/errors'
import { globalId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookVisit } from '../booking/store.js'
import { connectDatabase } from '../database.js'
import { anonymous, nurse, openCase, patient, type Service, staff, startService, uuid } from '../testing/service.js'
import { newVisit } from '../testing/visits.js'

const [astrid, tuva, signe, gunilla, stranger] = [uuid(1), uuid(5), uuid(7), uuid(3), uuid(99)]
const unit = 'SE2321000131-H001'
const otherUnit = 'SE2321000131-H002'
const now = '2026-11-22T12:00:00+01:00'

/** Every way to a visit. Each gives the visit's id where it is found, and nothing else. */
const ways = {
  'Query.visit': 'query ($visit: ID!) { found: visit(id: $visit) { id startsAt channel } }',
  '_entities by id':
    'query ($visit: ID!) { found: _entities(representations: [{ __typename: "Visit", id: $visit }]) { ... on Visit { id startsAt channel } } }',
  '_entities by nodeId':
    'query ($visit: ID!) { found: _entities(representations: [{ __typename: "Visit", nodeId: $visit }]) { ... on Visit { id patient { id } } } }',
  'Patient.visits':
    'query ($patient: ID!) { found: _entities(representations: [{ __typename: "Patient", id: $patient }]) { ... on Patient { visits(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } } }',
  'CareUnit.visits':
    'query ($unit: ID!) { found: _entities(representations: [{ __typename: "CareUnit", id: $unit }]) { ... on CareUnit { visits(first: 10) { edges { node { id } } } } } }',
  'CareCase.visits':
    'query ($case: ID!) { found: _entities(representations: [{ __typename: "CareCase", id: $case }]) { ... on CareCase { visits(first: 10) { edges { node { id } } } } } }',
}
type Way = keyof typeof ways
const all = Object.keys(ways) as Way[]

describe('who sees a visit', () => {
  let service: Service
  const visits = new Map<string, string>()
  const cases = new Map<string, string>()
  beforeAll(async () => {
    service = await startService(now)
    const db = connectDatabase(service.platform.pool)
    for (const [index, patientId] of [astrid, tuva, signe].entries()) {
      const caseId = uuid(200 + index)
      cases.set(patientId, openCase(service, caseId, patientId, unit))
      const { visit } = await bookVisit(
        db,
        service.platform.bus,
        newVisit({ patientId, unitId: unit, caseId, startsAt: new Date('2026-12-01T09:00:00+01:00') }),
      )
      visits.set(patientId, globalId('Visit', visit?.id ?? ''))
    }
    service.neighbours.caseRelations.clear()
    service.neighbours.guardianships.add(`${gunilla} ${tuva}`)
  })
  afterAll(() => service.stop())

  const variablesFor = (patientId: string) => ({
    visit: visits.get(patientId),
    patient: globalId('Patient', patientId),
    unit: globalId('CareUnit', unit),
    case: cases.get(patientId),
  })
  const nothing = {
    visit: globalId('Visit', uuid(404)),
    patient: globalId('Patient', uuid(404)),
    unit: globalId('CareUnit', 'SE-X'),
    case: globalId('CareCase', uuid(404)),
  }
  const ask = (viewer: Viewer, way: Way, variables: object) => service.ask(viewer, ways[way], variables)
  const sees = async (viewer: Viewer, way: Way, patientId: string): Promise<boolean> => {
    const answer = await ask(viewer, way, variablesFor(patientId))
    return JSON.stringify(answer).includes(visits.get(patientId) ?? '')
  }

  it.each(all.filter((way) => way !== 'CareUnit.visits'))(
    '[A1, R20] the patient, the guardian of a child under 13, and staff of the unit, through %s',
    async (way) => {
      expect(await sees(patient(astrid), way, astrid)).toBe(true)
      expect(await sees(patient(tuva), way, tuva)).toBe(true)
      expect(await sees(patient(gunilla), way, tuva)).toBe(true)
      expect(await sees(nurse(unit), way, astrid)).toBe(true)
    },
  )

  it('staff of the unit see its list', async () => {
    for (const patientId of visits.keys()) expect(await sees(nurse(unit), 'CareUnit.visits', patientId)).toBe(true)
  })

  it.each(all)('[R23, A7] for the guardian of a 13-year-old it looks as if there were none, through %s', async (way) => {
    expect(await ask(patient(gunilla), way, variablesFor(signe))).toEqual(await ask(patient(gunilla), way, nothing))
    expect(await sees(patient(gunilla), way, signe)).toBe(false)
  })

  it.each(all)('[A1, A7] for staff of another unit it looks as if there were none, through %s', async (way) => {
    expect(await ask(nurse(otherUnit), way, variablesFor(astrid))).toEqual(await ask(nurse(otherUnit), way, nothing))
  })

  it.each(all)('[A1, A7] for an administrator of the unit it looks as if there were none, through %s', async (way) => {
    service.neighbours.caseRelations.add(`${astrid} ${unit}`)
    const admin = staff(unit, 'UNIT_ADMINISTRATOR')
    expect(await ask(admin, way, variablesFor(astrid))).toEqual(
      await ask(admin, way, { ...nothing, unit: variablesFor(astrid).unit }),
    )
    expect(await sees(admin, way, astrid)).toBe(false)
    service.neighbours.caseRelations.delete(`${astrid} ${unit}`)
  })

  it.each(all)('[A7] for a stranger it looks as if there were none, through %s', async (way) => {
    const [found, absent] = await Promise.all([
      ask(patient(stranger), way, variablesFor(astrid)),
      ask(patient(stranger), way, nothing),
    ])
    expect(found).toEqual(absent)
  })

  it.each(all)('[R28] who is not logged in learns nothing through %s', async (way) => {
    expect(await ask(anonymous, way, variablesFor(astrid))).toEqual(await ask(anonymous, way, nothing))
    expect(await sees(anonymous, way, astrid)).toBe(false)
  })

  it('[A1] staff with a care relation at another unit see nothing of this one until there is consent', async () => {
    service.neighbours.caseRelations.add(`${astrid} ${otherUnit}`)
    for (const way of all) expect(await sees(nurse(otherUnit), way, astrid)).toBe(false)
    service.neighbours.caseRelations.delete(`${astrid} ${otherUnit}`)
  })

  it('[A1] the unit itself sees a visit no longer than 30 days after it, without another relation', async () => {
    service.setClock('2026-12-31T09:00:00+01:00')
    for (const way of all) expect(await sees(nurse(unit), way, astrid)).toBe(true)
    service.setClock('2026-12-31T09:00:01+01:00')
    for (const way of all) expect(await sees(nurse(unit), way, astrid)).toBe(false)
    expect(await sees(patient(astrid), 'Patient.visits', astrid)).toBe(true)
    service.setClock(now)
  })

  it('[R23] at the 13th birthday the guardian sees nothing, also of what was before', async () => {
    service.neighbours.guardianships.delete(`${gunilla} ${tuva}`)
    for (const way of all)
      expect(await ask(patient(gunilla), way, variablesFor(tuva))).toEqual(await ask(patient(gunilla), way, nothing))
    service.neighbours.guardianships.add(`${gunilla} ${tuva}`)
  })

  it('[A3] every look by another is in the log before the answer, the refused too; the patient’s own is not', async () => {
    const log = async (actor: string) =>
      (
        await service.owner.query(
          'SELECT what, refused FROM audit.audit_event WHERE patient_id = $1 AND actor_id = $2 ORDER BY id',
          [astrid, actor],
        )
      ).rows
    await sees(patient(astrid), 'Query.visit', astrid)
    await sees(nurse(unit, 'logged nurse'), 'Query.visit', astrid)
    await sees(nurse(otherUnit, 'refused nurse'), 'Query.visit', astrid)
    await sees(patient(uuid(98)), 'Patient.visits', astrid)
    expect(await log(astrid)).toEqual([])
    expect(await log('logged nurse')).toEqual([{ what: 'Visit', refused: false }])
    expect(await log('refused nurse')).toEqual([{ what: 'Visit', refused: true }])
    expect(await log(uuid(98))).toEqual([{ what: 'Patient.visits', refused: true }])
  })

  it.each([
    ['cursors', 'edges { cursor }'],
    ['a count of pages', 'pageInfo { hasNextPage }'],
    ['the last cursor', 'pageInfo { endCursor }'],
  ])('[A3] a list of which only %s are asked is in the log of each patient, the refused elsewhere', async (what, fields) => {
    const lists = { Patient: globalId('Patient', astrid), CareUnit: globalId('CareUnit', unit), CareCase: cases.get(astrid) }
    for (const [type, id] of Object.entries(lists)) {
      const staffId = `${type} ${what}`
      const query = `query ($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) { ... on ${type} { visits(first: 10) { ${fields} } } } }`
      expect((await service.ask(nurse(unit, staffId), query, { id })).errors).toBeUndefined()
      const { rows } = await service.owner.query(
        "SELECT patient_id, refused FROM audit.audit_event WHERE actor_id = $1 AND what = 'Visit' ORDER BY patient_id",
        [staffId],
      )
      const seen = type === 'CareUnit' ? [astrid, tuva, signe] : [astrid]
      expect(rows).toEqual(seen.sort().map((patient_id) => ({ patient_id, refused: false })))
    }
  })

  it('[A3] a list is in the log by one statement, and what is behind its last page is not', async () => {
    const query =
      'query ($unit: ID!) { _entities(representations: [{ __typename: "CareUnit", id: $unit }]) { ... on CareUnit { visits(first: 2) { edges { node { id } } pageInfo { hasNextPage } } } } }'
    const { data } = await service.ask(nurse(unit, 'two of three'), query, variablesFor(astrid))
    expect(data._entities[0].visits.pageInfo.hasNextPage).toBe(true)
    const { rows } = await service.owner.query(
      "SELECT count(*)::int AS looks, count(DISTINCT xmin::text)::int AS statements FROM audit.audit_event WHERE actor_id = 'two of three'",
    )
    expect(rows).toEqual([{ looks: 2, statements: 1 }])
  })

  it.each(all)('[A7] what may not be seen takes as much work as what does not exist, through %s', async (way) => {
    const { pool, accessLog, own } = service.platform
    const pools = [pool.of('requests'), accessLog.of('requests')]
    const work = async (viewer: Viewer, variables: object): Promise<string[]> => {
      const done: string[] = []
      const { guardianship, caseRelation } = own
      const queries = pools.map((each) => each.query)
      for (const each of pools) {
        const query = each.query.bind(each)
        each.query = ((...args: [string | { text: string }]) => {
          done.push(typeof args[0] === 'string' ? args[0] : args[0].text)
          return (query as (...args: unknown[]) => unknown)(...args)
        }) as typeof each.query
      }
      own.guardianship = async (keys) => keys.map(() => done.push('guardianship') < 0)
      own.caseRelation = async (keys) => keys.map(() => done.push('caseRelation') < 0)
      await ask(viewer, way, variables)
      Object.assign(own, { guardianship, caseRelation })
      for (const [index, each] of pools.entries()) each.query = queries[index] ?? each.query
      return done
    }
    for (const viewer of [patient(stranger), patient(gunilla), nurse(otherUnit)]) {
      expect(await work(viewer, variablesFor(signe))).toEqual(await work(viewer, nothing))
    }
  })

  describe('while an owner of care relations is away', () => {
    const down = async (): Promise<never> => Promise.reject(new GraphError('FACTS_UNAVAILABLE'))
    const looksOf = async (staffId: string) =>
      (
        await service.owner.query('SELECT what, refused FROM audit.audit_event WHERE actor_id = $1 AND patient_id = $2', [
          staffId,
          astrid,
        ])
      ).rows
    const without = async (fact: 'caseRelation' | 'visitRelation', at: string, work: () => Promise<void>) => {
      const { own } = service.platform
      const kept = own[fact]
      own[fact] = down
      service.setClock(at)
      await work()
      service.setClock(now)
      if (kept) own[fact] = kept as never
    }
    /** More than 30 days after the visits, which then give no relation. */
    const later = '2027-01-15T09:00:00+01:00'

    it('[A1] the unit sees its visit: messaging is away, and visits says yes', async () => {
      await without('caseRelation', now, async () => {
        for (const way of all) expect(await sees(nurse(unit), way, astrid), way).toBe(true)
      })
    })

    it('[A1] the unit sees its visit: visits is away, and messaging says yes', async () => {
      service.neighbours.caseRelations.add(`${astrid} ${unit}`)
      await without('visitRelation', later, async () => {
        for (const way of all.filter((way) => way !== 'CareUnit.visits'))
          expect(await sees(nurse(unit), way, astrid), way).toBe(true)
      })
      service.neighbours.caseRelations.delete(`${astrid} ${unit}`)
    })

    it('[A1, A3] nobody is let in by it: without a yes it is unavailable, and the attempt is in the log', async () => {
      await without('caseRelation', later, async () => {
        const { data, errors } = await ask(nurse(unit, 'in the dark'), 'Query.visit', variablesFor(astrid))
        expect([data.found, errors?.[0]?.extensions.code]).toEqual([null, 'FACTS_UNAVAILABLE'])
      })
      expect(await looksOf('in the dark')).toEqual([{ what: 'Visit', refused: true }])
    })
  })

  it('[A3] shows nothing when the access log cannot be written', async () => {
    await service.owner.query('ALTER TABLE audit.audit_event RENAME TO gone')
    const { data, errors } = await ask(nurse(unit), 'Query.visit', variablesFor(astrid))
    await service.owner.query('ALTER TABLE audit.gone RENAME TO audit_event')
    expect([data.found, errors?.[0]?.extensions.code]).toEqual([null, 'INTERNAL'])
  })

  it('believes no viewer but the gateway’s', async () => {
    expect((await service.ask(null, ways['Query.visit'], variablesFor(astrid))).status).toBe(401)
  })
})
