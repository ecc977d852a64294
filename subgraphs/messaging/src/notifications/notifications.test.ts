import { loadPolicies } from '@vardgraf/policy'
import type { Logger } from '@vardgraf/process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { change, type Writing, writingOf } from '../change.js'
import { type Service, startService } from '../testing/service.js'
import {
  caseId,
  centre,
  claimAndAnswer,
  documents,
  enter,
  eventually,
  knownPeople,
  nextKey,
  nurseLine,
  patient,
  rowId,
  staff,
  uuid,
} from '../testing/story.js'
import { requeueResting, sendSms } from './jobs.js'
import { recipientsOf } from './rules.js'
import { announce, requeue } from './store.js'

const [astrid, gunilla, goran, tuva, signe, pia] = [uuid(1), uuid(3), uuid(4), uuid(5), uuid(7), uuid(10)]
const nurse = staff(centre)
const morning = '2026-11-23T09:00:00+01:00'
const number = {
  astrid: '+46701740605',
  gunilla: '+46701740607',
  goran: '+46701740608',
  tuva: '+46701740609',
  signe: '+46701740611',
}

describe('notifications', () => {
  let service: Service
  let writing: Writing
  beforeAll(async () => {
    service = await startService(morning)
    writing = writingOf(service)
    knownPeople(service, {
      [astrid]: { phone: '070-1740605' },
      [gunilla]: { phone: '070-1740607' },
      [goran]: { phone: '070-1740608' },
      [tuva]: { phone: '070-1740609', birthDate: '2013-11-28' },
      [signe]: { phone: '070-1740611', birthDate: '2013-05-01' },
      [pia]: { phone: '070-1740614', protectedIdentity: true },
    })
    for (const pair of [`${gunilla} ${tuva}`, `${goran} ${tuva}`, `${gunilla} ${signe}`]) service.neighbours.custody.add(pair)
  })
  afterAll(() => service.stop())
  beforeEach(() => {
    service.setClock(morning)
    service.sms.sent.length = 0
    service.sms.results.length = 0
  })

  const of = (id: string) => service.db.notification.findMany({ where: { caseId: rowId(id) }, orderBy: { id: 'asc' } })
  const answered = async (patientId: string, by = nurse): Promise<string> => {
    await enter(service, { patientId })
    return claimAndAnswer(service, by)
  }
  /** Settled: as many notifications as expected, and none still on its way. */
  const settled = (id: string, count: number) =>
    eventually(async () => {
      const rows = await of(id)
      return rows.length >= count && rows.every(({ status }) => status !== 'QUEUED' && status !== 'SENDING') && rows
    })
  const numbers = (): string[] => service.sms.sent.map(({ to }) => to).toSorted()

  it('[R34] one SMS an answer, though the answer, the announcement and the job come again', async () => {
    await enter(service, { patientId: astrid })
    const { data } = await service.ask(nurse, documents.claim, { key: nextKey() })
    const id = data.claimNextCase.careCase.id
    const key = nextKey()
    await Promise.all([1, 2, 3].map(() => service.ask(nurse, documents.answer, { caseId: id, text: 'svar', key })))
    const [row] = await settled(id, 1)
    const again = {
      kind: 'CASE_ANSWERED' as const,
      patientId: astrid,
      region: 'vastmanland',
      caseId: rowId(id),
      occasion: `${rowId(id)}:1`,
    }
    await change(writing, service.now, async (under) => {
      await announce(under, again)
      await announce(under, again)
      await service.platform.bus.enqueue(under.tx, 'sms.send', { notificationId: row?.id ?? '' })
    })
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(await of(id)).toMatchObject([{ status: 'SENT', recipientId: astrid }])
    expect(numbers()).toEqual([number.astrid])
  })

  it('[R34] further messages in the chat send no SMS, and neither does an answer that is rolled back', async () => {
    const id = await answered(astrid)
    await settled(id, 1)
    for (const viewer of [patient(astrid), nurse, nurse])
      await service.ask(viewer, documents.send, { caseId: id, text: 'mer', key: nextKey() })
    await expect(
      change(writing, service.now, async (under) => {
        await announce(under, { kind: 'CASE_ANSWERED', patientId: astrid, region: 'vastmanland', occasion: 'never' })
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(service.sms.sent).toHaveLength(1)
    expect(await service.db.notification.count({ where: { uniqueKey: { contains: 'never' } } })).toBe(0)
  })

  it('[R34, A5] the text holds no name, unit or matter; neither it nor the number is stored', async () => {
    const id = await answered(astrid)
    const rows = await settled(id, 1)
    expect(service.sms.sent[0]?.text).toBe(
      'Du har fått ett svar. Logga in på https://www.1177.se/Vastmanland/ för att läsa och svara.',
    )
    expect(JSON.stringify(rows)).not.toMatch(/1740605|svar\./)
  })

  it('[R5, R23] a child’s guardians are told below 13; from 13 she alone', async () => {
    const childs = await answered(tuva)
    await settled(childs, 2)
    expect(numbers()).toEqual([number.gunilla, number.goran])
    service.sms.sent.length = 0
    const own = await answered(signe)
    await settled(own, 1)
    expect(numbers()).toEqual([number.signe])
  })

  it.each([
    ['2026-11-27T23:59:59+01:00', [gunilla, goran]],
    ['2026-11-28T00:00:00+01:00', [tuva]],
  ])('[R23, A6] at %s it is %o', (now, expected) => {
    expect(recipientsOf({ id: tuva, birthDate: '2013-11-28' }, [gunilla, goran], 13, new Date(now))).toEqual(expected)
  })

  it('[R23, A6] turned 13 while the operator was down: the guardian is not told any more, she is', async () => {
    // A Friday night: what comes in then is with 1177.
    service.setClock('2026-11-27T23:59:00+01:00')
    service.sms.results.push(...Array.from({ length: 2 }, () => ({ kind: 'RETRY' as const, reason: 'HTTP_503' })))
    const id = await answered(tuva, staff(nurseLine))
    await eventually(async () => (await of(id)).filter(({ reason }) => reason === 'HTTP_503').length === 2)
    service.sms.results.length = 0
    service.setClock('2026-11-28T00:00:00+01:00')
    const rows = await settled(id, 3)
    expect(rows.filter(({ recipientId }) => recipientId !== tuva)).toMatchObject([
      { status: 'SUPPRESSED', reason: 'NOT_GUARDIAN' },
      { status: 'SUPPRESSED', reason: 'NOT_GUARDIAN' },
    ])
    expect(numbers()).toEqual([number.tuva])
  })

  it('[A5] the log holds neither number nor text, nor who it was to', async () => {
    const lines: unknown[] = []
    const keep = (...line: unknown[]): number => lines.push(line)
    const log = { info: keep, warn: keep, error: keep } as unknown as Logger
    const sms = { send: async () => ({ kind: 'REFUSED' as const, reason: 'HTTP_400' }), close: async () => {} }
    const row = await service.db.notification.create({
      data: {
        kind: 'CASE_ANSWERED',
        recipientId: astrid,
        patientId: astrid,
        region: 'vastmanland',
        status: 'QUEUED',
        uniqueKey: nextKey(),
        createdAt: service.now(),
        queuedAt: service.now(),
      },
    })
    await sendSms(
      { writing, policies: loadPolicies(), sms, facts: () => service.platform.facts(), now: () => service.now(), log },
      row.id,
    )
    expect(lines).toEqual([[{ notification: row.id, kind: 'CASE_ANSWERED', result: 'REFUSED', reason: 'HTTP_400' }, 'sms']])
  })

  it('[A5] a protected identity gets no SMS', async () => {
    const id = await answered(pia)
    expect(await settled(id, 1)).toMatchObject([{ status: 'SUPPRESSED', reason: 'PROTECTED_IDENTITY' }])
    expect(service.sms.sent).toEqual([])
  })

  it('[R34] an operator that fails is tried again until it takes it; one that refuses is not', async () => {
    service.sms.results.push({ kind: 'RETRY', reason: 'HTTP_503' }, { kind: 'RETRY', reason: 'HTTP_503' })
    const id = await answered(astrid)
    expect(await settled(id, 1)).toMatchObject([{ status: 'SENT' }])
    service.sms.results.push({ kind: 'REFUSED', reason: 'HTTP_403' })
    const refused = await answered(astrid)
    expect(await settled(refused, 1)).toMatchObject([{ status: 'FAILED', reason: 'HTTP_403' }])
    expect(service.sms.sent).toHaveLength(1)
  })

  it('[R34] what may have been sent is not sent again: a timeout, or a process that died while sending', async () => {
    service.sms.results.push({ kind: 'UNCERTAIN', reason: 'TIMEOUT' })
    const id = await answered(astrid)
    expect(await settled(id, 1)).toMatchObject([{ status: 'UNCERTAIN', reason: 'TIMEOUT' }])
    const dead = await service.db.notification.create({
      data: {
        kind: 'CASE_ANSWERED',
        recipientId: astrid,
        patientId: astrid,
        region: 'vastmanland',
        status: 'SENDING',
        uniqueKey: nextKey(),
        createdAt: service.now(),
        queuedAt: service.now(),
      },
    })
    await change(writing, service.now, (under) => service.platform.bus.enqueue(under.tx, 'sms.send', { notificationId: dead.id }))
    await eventually(
      async () => (await service.db.notification.findUniqueOrThrow({ where: { id: dead.id } })).status === 'UNCERTAIN',
    )
    expect(service.sms.sent).toEqual([])
  })

  it('[R34] what rests too long is given to the job queue again; after a day it is of no use', async () => {
    const resting = (queuedAt: string, createdAt: string) =>
      service.db.notification.create({
        data: {
          kind: 'CASE_ANSWERED',
          recipientId: astrid,
          patientId: astrid,
          region: 'vastmanland',
          status: 'QUEUED',
          uniqueKey: nextKey(),
          createdAt: new Date(createdAt),
          queuedAt: new Date(queuedAt),
        },
      })
    const young = await resting('2026-11-23T08:51:00+01:00', '2026-11-23T08:51:00+01:00')
    const old = await resting('2026-11-23T08:49:00+01:00', '2026-11-23T08:00:00+01:00')
    const stale = await resting('2026-11-23T08:49:00+01:00', '2026-11-22T08:59:00+01:00')
    // The sweeper may have come first: it does the same.
    await change(writing, service.now, (under) => requeue(under, 50))
    const status = async (id: string) => (await service.db.notification.findUniqueOrThrow({ where: { id } })).status
    await eventually(async () => (await status(old.id)) === 'SENT' && (await status(stale.id)) === 'SUPPRESSED')
    expect(await status(young.id)).toBe('QUEUED')
  })

  it('[R34] however long the operator is away, a notification has one live job', async () => {
    const live = (id: string) =>
      service.owner.query(
        "SELECT state FROM pgboss.job WHERE name = 'sms.send' AND state < 'completed' AND data->'payload'->>'notificationId' = $1",
        [id],
      )
    service.sms.results.push(...Array.from({ length: 200 }, () => ({ kind: 'RETRY' as const, reason: 'HTTP_503' })))
    const id = await answered(astrid)
    const [row] = await eventually(async () => {
      const rows = await of(id)
      return rows[0]?.reason === 'HTTP_503' && rows
    })
    for (let minutes = 11; minutes <= 121; minutes += 11) {
      service.setClock(new Date(Date.parse(morning) + minutes * 60_000).toISOString())
      // Two processes look at once, beside the service's own sweep.
      await Promise.all([1, 2].map(() => requeueResting({ writing, now: service.now })))
      await eventually(async () => (await of(id))[0]?.queuedAt.getTime() === service.now().getTime())
      expect((await live(row?.id ?? '')).rows).toHaveLength(1)
    }
    // The operator is back: it is told, once.
    service.sms.results.length = 0
    await eventually(async () => (await of(id))[0]?.status === 'SENT')
    expect(numbers()).toEqual([number.astrid])
  })

  it('[R34] one whose job was lost while it was being sent is settled as uncertain, and not sent again', async () => {
    const data = {
      kind: 'CASE_ANSWERED' as const,
      recipientId: astrid,
      patientId: astrid,
      region: 'vastmanland',
      status: 'SENDING' as const,
      uniqueKey: nextKey(),
      createdAt: service.now(),
      queuedAt: service.now(),
    }
    const { id } = await service.db.notification.create({ data })
    service.setClock('2026-11-23T09:11:00+01:00')
    const row = () => service.db.notification.findUniqueOrThrow({ where: { id } })
    await eventually(async () => (await row()).status !== 'SENDING')
    expect(await row()).toMatchObject({ status: 'UNCERTAIN', reason: 'INTERRUPTED', sentAt: null })
  })

  describe('a visit was booked', () => {
    const startsAt = '2026-12-01T08:30:00+01:00'
    const book = async (visitId: string, patientId: string, id: string | null, times = 1): Promise<void> => {
      service.neighbours.visits.set(visitId, {
        id: visitId,
        patientId,
        unitId: centre,
        startsAt,
        status: 'BOOKED',
        channel: 'PHYSICAL',
        profession: 'NURSE',
        visitTypeCode: 'NEW_PROBLEM',
      })
      for (let n = 0; n < times; n += 1)
        await change(writing, service.now, (under) =>
          service.platform.bus.append(under.tx, 'visit.booked', {
            visitId,
            patientId,
            unitId: centre,
            caseId: id && rowId(id),
            startsAt,
          }),
        )
    }
    const ofVisit = (visitId: string, count = 1) =>
      eventually(async () => {
        const rows = await service.db.notification.findMany({ where: { visitId } })
        return rows.length >= count && rows.every(({ status }) => status !== 'QUEUED' && status !== 'SENDING') && rows
      })

    it('[R5, R36] date and time by SMS, once though the event comes twice, and the visit is linked to its case, which goes on', async () => {
      const id = await answered(astrid)
      await settled(id, 1)
      service.sms.sent.length = 0
      await book(uuid(501), astrid, id, 2)
      await ofVisit(uuid(501))
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      expect(service.sms.sent).toEqual([
        {
          to: number.astrid,
          text: 'Du har en bokad tid 2026-12-01 kl. 08:30. Logga in på https://www.1177.se/Vastmanland/ för att se mer.',
        },
      ])
      expect(await service.db.caseVisit.findMany({ where: { caseId: rowId(id) } })).toMatchObject([{ visitId: uuid(501) }])
      expect((await service.db.careCase.findUniqueOrThrow({ where: { id: rowId(id) } })).status).toBe('ANSWERED')
    })

    it('[R5] under 13 to the guardians; 13 and over to the young person only, never the guardian', async () => {
      await book(uuid(502), tuva, null)
      await ofVisit(uuid(502), 2)
      expect(numbers()).toEqual([number.gunilla, number.goran])
      service.sms.sent.length = 0
      await book(uuid(503), signe, null)
      await ofVisit(uuid(503))
      expect(numbers()).toEqual([number.signe])
    })

    it('[R5] a visit that was cancelled before the SMS went out is not told of', async () => {
      await book(uuid(504), astrid, null)
      service.neighbours.visits.delete(uuid(504))
      expect(await ofVisit(uuid(504))).toMatchObject([{ status: expect.stringMatching(/SENT|SUPPRESSED/) }])
    })

    it('a visit never links to another patient’s case', async () => {
      const row = await enter(service, { patientId: astrid })
      await book(uuid(505), signe, caseId(row))
      await ofVisit(uuid(505))
      expect(await service.db.caseVisit.count({ where: { caseId: row.id } })).toBe(0)
    })
  })
})
