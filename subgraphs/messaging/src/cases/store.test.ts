import { loadPolicies } from '@vardgraf/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Author, type Change, change, type Writing, writingOf } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import { centre, nextKey, uuid } from '../testing/story.js'
import { enterWaitingRoom } from '../waiting-room/store.js'
import { ImpossibleTransition } from './rules.js'
import { abandonCase, closeCase, endAtTriage, type NewCase, openCase } from './store.js'

const astrid = uuid(1)
const actor: Author = { kind: 'PATIENT', id: astrid }
const policies = loadPolicies()

describe('the store of cases', () => {
  let service: Service
  let writing: Writing
  beforeAll(async () => {
    service = await startService('2026-11-23T09:00:00+01:00')
    writing = writingOf(service)
  })
  afterAll(() => service.stop())

  const newCase = (idempotencyKey = nextKey()): NewCase => ({
    patientId: astrid,
    unitId: centre,
    unitKind: 'HEALTH_CENTRE',
    region: 'vastmanland',
    entryChannel: 'APP',
    complaint: 'sore-throat',
    idempotencyKey,
  })
  const open = (opened = newCase()) => change(writing, service.now, (under) => openCase(under, actor, opened))

  it('[R25] a start that is retried, also at the same time, opens one case with one event', async () => {
    const opened = newCase()
    const rows = await Promise.all([1, 2, 3, 4].map(() => open(opened)))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
    expect(await service.db.caseEvent.count({ where: { caseId: rows[0]?.id ?? '' } })).toBe(1)
  })

  it('[R31] after 112 no step leads anywhere: no place, no answer, no retry of the waiting room', async () => {
    const row = await open()
    const ended = await change(writing, service.now, (under) =>
      endAtTriage(under, row, actor, 'CALL_112', { ruleId: 'red-flag' }),
    )
    expect(ended).toMatchObject({
      status: 'CLOSED_112',
      outcome: 'CALL_112',
      priority: null,
      responderUnitId: null,
      targetAt: null,
      reviewAt: null,
    })
    const steps = [
      (under: Change) => enterWaitingRoom(under, policies, ended, actor, { outcome: 'HEALTH_CENTRE', priority: 'P2' }),
      (under: Change) => closeCase(under, ended, actor),
      (under: Change) => abandonCase(under, ended, actor),
    ]
    for (const step of steps) await expect(change(writing, service.now, step)).rejects.toThrow(ImpossibleTransition)
    expect(await service.db.notification.count()).toBe(0)
  })

  it('[R31] a red flag while waiting takes the case out of the queue', async () => {
    const row = await open()
    const waiting = await change(writing, service.now, (under) =>
      enterWaitingRoom(under, policies, row, actor, { outcome: 'HEALTH_CENTRE', priority: 'P4' }),
    )
    const ended = await change(writing, service.now, (under) => endAtTriage(under, waiting, actor, 'CALL_112'))
    expect(ended).toMatchObject({ status: 'CLOSED_112', queueClass: null, targetAt: null, opensAt: null })
  })

  it('a change that decided on an outdated row does not write over the newer one', async () => {
    const row = await open()
    await change(writing, service.now, (under) =>
      enterWaitingRoom(under, policies, row, actor, { outcome: 'HEALTH_CENTRE', priority: 'P4' }),
    )
    await expect(change(writing, service.now, (under) => abandonCase(under, row, actor))).rejects.toThrow()
    expect((await service.db.careCase.findUniqueOrThrow({ where: { id: row.id } })).status).toBe('WAITING')
  })

  it('keeps the whole history, numbered without holes, each event with the state it led to', async () => {
    const row = await open()
    const waiting = await change(writing, service.now, (under) =>
      enterWaitingRoom(under, policies, row, actor, { outcome: 'HEALTH_CENTRE', priority: 'P4' }),
    )
    await change(writing, service.now, (under) => abandonCase(under, waiting, actor))
    const events = await service.db.caseEvent.findMany({ where: { caseId: row.id }, orderBy: { version: 'asc' } })
    expect(events.map(({ version, kind, status, actorKind, actorId }) => [version, kind, status, actorKind, actorId])).toEqual([
      [1, 'OPENED', 'TRIAGING', 'PATIENT', astrid],
      [2, 'ENTERED', 'WAITING', 'PATIENT', astrid],
      [3, 'ABANDONED', 'ABANDONED', 'PATIENT', astrid],
    ])
  })
})
