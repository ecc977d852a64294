import { globalId } from '@vardgraf/relay'
import { countStatements } from '@vardgraf/testing'
import type { Viewer } from '@vardgraf/viewer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from './testing/service.js'
import {
  anonymous,
  caseId,
  centre,
  claimAndAnswer,
  documents,
  enter,
  knownPeople,
  nextKey,
  nurseLine,
  otherCentre,
  patient,
  rowId,
  staff,
  uuid,
} from './testing/story.js'

const [astrid, gunilla, tuva, signe, stranger] = [uuid(1), uuid(3), uuid(5), uuid(7), uuid(99)]
const nurse = staff(centre)
const morning = '2026-11-23T09:00:00+01:00'

/** Every way to a case and its chat. */
const ways = {
  'Query.careCase':
    'query ($case: ID!) { found: careCase(id: $case) { id complaint messages(first: 5) { edges { node { id text } } } } }',
  '_entities CareCase by id':
    'query ($case: ID!) { found: _entities(representations: [{ __typename: "CareCase", id: $case }]) { ... on CareCase { id status priority } } }',
  '_entities CareCase by nodeId':
    'query ($case: ID!) { found: _entities(representations: [{ __typename: "CareCase", nodeId: $case }]) { ... on CareCase { id patient { id } } } }',
  '_entities ChatMessage':
    'query ($message: ID!) { found: _entities(representations: [{ __typename: "ChatMessage", id: $message }]) { ... on ChatMessage { text sentAt careCase { id } } } }',
  '_entities ChatMessage by nodeId':
    'query ($message: ID!) { found: _entities(representations: [{ __typename: "ChatMessage", nodeId: $message }]) { ... on ChatMessage { text author { __typename } } } }',
  'Patient.careCases':
    'query ($patient: ID!) { found: _entities(representations: [{ __typename: "Patient", id: $patient }]) { ... on Patient { careCases(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage startCursor } } } } }',
  sendMessage:
    'mutation ($case: ID!) { found: sendMessage(input: { caseId: $case, text: "x", idempotencyKey: "attack" }) { careCase { id } refusal { code } } }',
  abandonCase: 'mutation ($case: ID!) { found: abandonCase(input: { caseId: $case }) { careCase { id } refusal { code } } }',
  closeCase: 'mutation ($case: ID!) { found: closeCase(input: { caseId: $case }) { careCase { id } refusal { code } } }',
  releaseCase: 'mutation ($case: ID!) { found: releaseCase(input: { caseId: $case }) { careCase { id } refusal { code } } }',
  answerCase:
    'mutation ($case: ID!) { found: answerCase(input: { caseId: $case, text: "x", idempotencyKey: "attack" }) { careCase { id } refusal { code } } }',
  reprioritiseCase:
    'mutation ($case: ID!) { found: reprioritiseCase(input: { caseId: $case, priority: P1 }) { careCase { id } refusal { code } } }',
}
type Way = keyof typeof ways
const all = Object.keys(ways) as Way[]
const reads = all.slice(0, 6)

describe('who sees a case', () => {
  let service: Service
  const cases = new Map<string, string>()
  const messages = new Map<string, string>()
  beforeAll(async () => {
    service = await startService(morning)
    knownPeople(service, {
      [astrid]: {},
      [gunilla]: {},
      [tuva]: { birthDate: '2013-11-28' },
      [signe]: { birthDate: '2013-05-01' },
    })
    service.neighbours.custody.add(`${gunilla} ${tuva}`).add(`${gunilla} ${signe}`)
    for (const patientId of [astrid, tuva, signe]) {
      await enter(service, { patientId })
      const id = await claimAndAnswer(service, nurse, `svar till ${patientId}`)
      cases.set(patientId, id)
      const [message] = await service.db.chatMessage.findMany({ where: { caseId: rowId(id) } })
      messages.set(patientId, globalId('ChatMessage', message?.id ?? ''))
    }
  })
  afterAll(() => service.stop())

  const variablesFor = (patientId: string) => ({
    case: cases.get(patientId),
    message: messages.get(patientId),
    patient: globalId('Patient', patientId),
  })
  const nothing = {
    case: globalId('CareCase', uuid(404)),
    message: globalId('ChatMessage', uuid(404)),
    patient: globalId('Patient', uuid(404)),
  }
  const ask = (viewer: Viewer, way: Way, variables: object) => service.ask(viewer, ways[way], variables)
  const sees = async (viewer: Viewer, way: Way, patientId: string): Promise<boolean> => {
    const { data } = await ask(viewer, way, variablesFor(patientId))
    const text = JSON.stringify(data)
    return (
      text.includes(rowId(cases.get(patientId) ?? '')) || text.includes(cases.get(patientId) ?? '-') || text.includes('svar till')
    )
  }
  const log = async (actor: string, patientId = astrid) =>
    (
      await service.owner.query(
        'SELECT what, refused, unit_id, resource_id FROM audit.audit_event WHERE patient_id = $1 AND actor_id = $2 ORDER BY id',
        [patientId, actor],
      )
    ).rows

  it.each(reads.filter((way) => way !== '_entities ChatMessage by nodeId' && way !== '_entities CareCase by nodeId'))(
    '[A1, R20] the patient, the guardian of a child under 13, and care staff of the unit, through %s',
    async (way) => {
      expect(await sees(patient(astrid), way, astrid)).toBe(true)
      expect(await sees(patient(tuva), way, tuva)).toBe(true)
      expect(await sees(patient(gunilla), way, tuva)).toBe(true)
      expect(await sees(nurse, way, astrid)).toBe(true)
    },
  )

  it.each(all)(
    '[R23, A1, A7] through %s, nothing comes back to anybody else: the same as for what does not exist',
    async (way) => {
      const attackers: [string, Viewer, string][] = [
        ['a stranger', patient(stranger), astrid],
        ['the guardian of a 13-year-old', patient(gunilla), signe],
        ['staff of another unit', staff(otherCentre), astrid],
        ['1177 without the case', staff(nurseLine), astrid],
        ['an administrator of the unit', staff(centre, 'admin', 'UNIT_ADMINISTRATOR'), astrid],
        ['nobody', anonymous, astrid],
      ]
      for (const [, viewer, patientId] of attackers) {
        const answer = await ask(viewer, way, variablesFor(patientId))
        expect(answer).toEqual(await ask(viewer, way, nothing))
        expect(JSON.stringify(answer)).not.toContain(cases.get(patientId) ?? '-')
        expect(JSON.stringify(answer)).not.toContain('svar till')
      }
      expect(await service.db.chatMessage.count({ where: { idempotencyKey: 'attack' } })).toBe(0)
    },
  )

  it('[R23, A6] a second before the 13th birthday the guardian sees it, at midnight nothing, also of what was before', async () => {
    service.setClock('2026-11-27T23:59:59+01:00')
    for (const way of reads) expect((await ask(patient(gunilla), way, variablesFor(tuva))).errors).toBeUndefined()
    expect(await sees(patient(gunilla), 'Query.careCase', tuva)).toBe(true)
    service.setClock('2026-11-28T00:00:00+01:00')
    for (const way of all)
      expect(await ask(patient(gunilla), way, variablesFor(tuva))).toEqual(await ask(patient(gunilla), way, nothing))
    expect(await sees(patient(tuva), 'Query.careCase', tuva)).toBe(true)
    service.setClock(morning)
  })

  it.each(['position', 'queue', 'chat'] as const)('[R28] who has not logged in is told so by the stream %s', async (stream) => {
    const variables = { caseId: cases.get(astrid), unitId: globalId('CareUnit', centre) }
    expect(await (await service.stream(anonymous, documents[stream], variables)).ended).toBe('UNAUTHENTICATED')
  })

  const own = 'SE2321000172-H077'
  it.each([
    ['TRIAGING', null],
    ['ABANDONED', null],
    ['CLOSED_SELF_CARE', null],
    ['WAITING', own],
    ['ANSWERED', own],
    ['CLOSED', own],
  ] as const)('[A1, A7] other subgraphs are told whose staff may see a case: in %s %s', async (status, unitId) => {
    const { id } = await enter(service, { patientId: uuid(77), unitId: own })
    const ended = status.startsWith('CLOSED') ? service.now() : null
    await service.db.careCase.update({ where: { id }, data: { status, closedAt: ended } })
    expect(await service.platform.facts().get('careCase', id)).toMatchObject({ unitId, startedAtUnitId: own })
  })

  it('[A1] staff see a closed case for 30 days, and not a second longer; the patient always', async () => {
    await enter(service, { patientId: uuid(50) })
    const id = await claimAndAnswer(service, nurse)
    await service.ask(nurse, documents.close, { caseId: id })
    const found = async (viewer: Viewer) => (await service.ask(viewer, documents.careCase, { caseId: id })).data.careCase !== null
    const related = async () => service.platform.facts().get('caseRelation', { patientId: uuid(50), unitId: centre })
    service.setClock('2026-12-23T09:00:00+01:00')
    expect([await found(nurse), await related()]).toEqual([true, true])
    service.setClock('2026-12-23T09:00:01+01:00')
    expect([await found(nurse), await related(), await found(patient(uuid(50)))]).toEqual([false, false, true])
    service.setClock(morning)
  })

  it('[A1] a case in triage, and one that was left, is nobody’s but the patient’s', async () => {
    const row = await enter(service, { patientId: astrid })
    await service.ask(patient(astrid), documents.abandon, { caseId: caseId(row) })
    expect((await service.ask(nurse, documents.careCase, { caseId: caseId(row) })).data.careCase).toBeNull()
    expect((await service.ask(patient(astrid), documents.careCase, { caseId: caseId(row) })).data.careCase.status).toBe(
      'ABANDONED',
    )
  })

  it('[A3] every look by another is in the log before the answer, the refused too; the patient’s own is not', async () => {
    const looks = (actor: string) => log(actor).then((rows) => rows.map(({ what, refused }) => ({ what, refused })))
    await sees(patient(astrid), 'Query.careCase', astrid)
    await sees(staff(centre, 'logged nurse'), 'Query.careCase', astrid)
    await sees(staff(otherCentre, 'refused nurse'), 'Query.careCase', astrid)
    await sees(staff(otherCentre, 'refused by entity'), '_entities ChatMessage', astrid)
    await sees(patient(uuid(98)), 'Query.careCase', astrid)
    expect(await looks(astrid)).toEqual([])
    expect(await looks('logged nurse')).toEqual([{ what: 'CareCase', refused: false }])
    expect(await looks('refused nurse')).toEqual([{ what: 'CareCase', refused: true }])
    expect(await looks('refused by entity')).toEqual([{ what: 'CareCase', refused: true }])
    expect(await looks(uuid(98))).toEqual([{ what: 'CareCase', refused: true }])
    await sees(patient(gunilla), 'Query.careCase', tuva)
    expect((await log(gunilla, tuva)).some(({ refused }) => !refused)).toBe(true)
  })

  it.each(['sendMessage', 'closeCase', 'releaseCase', 'answerCase', 'reprioritiseCase'] as const)(
    '[A1, A3] an administrator who tries %s is refused as for no case, and it is in the log',
    async (way) => {
      const admin = staff(centre, `admin ${way}`, 'UNIT_ADMINISTRATOR')
      expect((await ask(admin, way, variablesFor(astrid))).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
      expect((await log(`admin ${way}`)).map(({ what, refused }) => ({ what, refused }))).toEqual([
        { what: 'CareCase', refused: true },
      ])
    },
  )

  it('[A3] staff who follow a chat are logged when they begin and for every message, not while nothing comes', async () => {
    const follower = staff(centre, 'follower')
    const stream = await service.stream(follower, documents.chat, { caseId: cases.get(astrid) })
    await stream.next()
    const before = (await log('follower')).length
    expect(before).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 4_500))
    expect((await log('follower')).length).toBe(before)
    stream.stop()
  })

  it('[A3] shows nothing when the access log cannot be written', async () => {
    await service.owner.query('ALTER TABLE audit.audit_event RENAME TO gone')
    const { data, errors } = await ask(nurse, 'Query.careCase', variablesFor(astrid))
    await service.owner.query('ALTER TABLE audit.gone RENAME TO audit_event')
    expect([data.found, errors?.[0]?.extensions.code]).toEqual([null, 'INTERNAL'])
  })

  it('[R32] the queue tells unassigned staff of the unit what waits, and not who', async () => {
    const row = await enter(service, { patientId: astrid })
    const { data } = await service.ask(
      staff(centre, 'glance'),
      'query ($id: ID!) { _entities(representations: [{ __typename: "CareUnit", id: $id }]) { ... on CareUnit { waitingRoom(first: 10) { edges { node { caseId position priority complaint enteredAt targetAt answerDueAt dueSoon } } } } } }',
      { id: globalId('CareUnit', centre) },
    )
    expect(data._entities[0].waitingRoom.edges[0].node).toEqual({
      caseId: caseId(row),
      position: 1,
      priority: 'P3',
      complaint: 'sore-throat',
      enteredAt: '2026-11-23T09:00:00+01:00',
      targetAt: '2026-11-23T17:00:00+01:00',
      answerDueAt: '2026-11-24T09:00:00+01:00',
      dueSoon: false,
    })
    expect(await log('glance')).toEqual([])
    await service.ask(patient(astrid), documents.abandon, { caseId: caseId(row) })
  })

  it('[A1] care staff find the cases that they and their unit have in hand; nobody else does', async () => {
    const unitId = 'SE2321000172-H007'
    const [one, two] = [staff(unitId, 'one'), staff(unitId, 'two')]
    const ids: string[] = []
    for (const [index, by] of [one, two, one].entries()) {
      service.setClock(`2026-11-23T09:0${index}:00+01:00`)
      await enter(service, { patientId: uuid(300 + index), unitId })
      ids.push(await claimAndAnswer(service, by))
    }
    const read =
      'query ($id: ID!, $mine: Boolean, $after: String) { _entities(representations: [{ __typename: "CareUnit", id: $id }]) { ... on CareUnit { casesInHand(first: 2, mine: $mine, after: $after) { edges { node { id status } } pageInfo { hasNextPage endCursor } } } } }'
    const find = async (viewer: Viewer, more: object = {}) =>
      (await service.ask(viewer, read, { id: globalId('CareUnit', unitId), ...more })).data._entities[0].casesInHand
    const idsOf = (page: { edges: { node: { id: string } }[] }): string[] => page.edges.map(({ node }) => node.id)
    const first = await find(two)
    expect(idsOf(first)).toEqual(ids.slice(0, 2))
    expect(idsOf(await find(two, { after: first.pageInfo.endCursor }))).toEqual([ids[2]])
    expect(idsOf(await find(one, { mine: true }))).toEqual([ids[0], ids[2]])
    await service.ask(one, documents.close, { caseId: ids[0] })
    expect(idsOf(await find(one, { mine: true }))).toEqual([ids[2]])
    for (const viewer of [nurse, staff(unitId, 'admin', 'UNIT_ADMINISTRATOR'), patient(uuid(300))])
      expect(await find(viewer)).toBeNull()
    service.setClock(morning)
  })

  it.each(['edges { cursor }', 'pageInfo { hasNextPage }', 'pageInfo { endCursor }'])(
    '[A3] lists of cases of which only %s is asked are in the log of each patient, but for what is behind the page',
    async (fields) => {
      const unitId = `SE2321000172-H0${fields.length}`
      const patients = [uuid(400), uuid(401), uuid(402)]
      for (const patientId of patients) {
        await enter(service, { patientId, unitId })
        await claimAndAnswer(service, staff(unitId))
      }
      const lists = {
        CareUnit: ['casesInHand', globalId('CareUnit', unitId), patients.slice(0, 2)],
        Patient: ['careCases', globalId('Patient', uuid(402)), [uuid(402)]],
      } as const
      for (const [type, [list, id, seen]] of Object.entries(lists)) {
        const query = `query ($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) { ... on ${type} { ${list}(first: 2) { ${fields} } } } }`
        const staffId = `${list} ${fields}`
        expect((await service.ask(staff(unitId, staffId), query, { id })).errors).toBeUndefined()
        const { rows } = await service.owner.query(
          "SELECT patient_id, refused FROM audit.audit_event WHERE actor_id = $1 AND what = 'CareCase' ORDER BY patient_id",
          [staffId],
        )
        expect(rows).toEqual(seen.map((patient_id) => ({ patient_id, refused: false })))
      }
    },
  )

  it('[R37] nothing here makes a charge: the word does not exist in the tables, and no event asks for one', async () => {
    const { rows } = await service.owner.query(
      "SELECT column_name FROM information_schema.columns WHERE table_schema = 'messaging' AND column_name ~ '(charge|fee|amount|invoice)'",
    )
    expect(rows).toEqual([])
    const jobs = await service.owner.query('SELECT DISTINCT name FROM pgboss.job')
    expect(
      jobs.rows
        .map(({ name }) => name)
        .filter((name: string) => !['notification.announce', 'sms.send'].includes(name) && !name.startsWith('__')),
    ).toEqual([])
  })

  it('believes no viewer but the gateway’s', async () => {
    expect((await service.ask(null, ways['Query.careCase'], variablesFor(astrid))).status).toBe(401)
  })

  it.each([
    [
      'a patient’s cases with their chats',
      patient(uuid(60)),
      'query ($patient: ID!, $first: Int!) { _entities(representations: [{ __typename: "Patient", id: $patient }]) { ... on Patient { careCases(first: $first) { edges { node { id status slaBreached responder { id } waitingRoom { position estimatedAnswerAt } messages(first: 5) { edges { node { text sentByMe author { __typename } } } } } } } } } }',
    ],
    [
      'the same for staff',
      nurse,
      'query ($patient: ID!, $first: Int!) { _entities(representations: [{ __typename: "Patient", id: $patient }]) { ... on Patient { careCases(first: $first) { edges { node { id status complaint messages(first: 5) { edges { node { text } } } } } } } } }',
    ],
    [
      'a unit’s queue with its cases',
      nurse,
      'query ($unit: ID!, $first: Int!) { _entities(representations: [{ __typename: "CareUnit", id: $unit }]) { ... on CareUnit { waitingRoom(first: $first) { edges { node { position careCase { id complaint patient { id } waitingRoom { position } } } } } } } }',
    ],
  ] as const)('the number of statements does not grow with the rows: %s', async (_name, viewer, query) => {
    for (let n = 0; n < 3; n += 1) {
      await enter(service, { patientId: uuid(60) })
      await claimAndAnswer(service, nurse)
    }
    for (let n = 0; n < 5; n += 1) await enter(service, { patientId: uuid(60) })
    const counter = await countStatements(service.databaseUrl)
    const count = async (first: number): Promise<number> => {
      await counter.reset()
      const { errors } = await service.ask(viewer, query, {
        patient: globalId('Patient', uuid(60)),
        unit: globalId('CareUnit', centre),
        first,
      })
      expect(errors).toBeUndefined()
      return (await counter.counted()).reduce((sum, { calls }) => sum + calls, 0)
    }
    await count(1)
    const few = await count(2)
    expect(await count(8)).toBeLessThanOrEqual(few)
    await counter.stop()
    for (let n = 0; n < 5; n += 1) await service.ask(nurse, documents.claim, { key: nextKey() })
  })
})
