import { globalId } from '@vardgraf/relay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase, type Db } from '../database.js'
import { patient, type Service, startService, uuid } from '../testing/service.js'
import { newVisit } from '../testing/visits.js'

const person = uuid(1)

describe('a visit', () => {
  let service: Service
  let db: Db
  beforeAll(async () => {
    service = await startService('2026-01-02T08:00:00+01:00')
    db = connectDatabase(service.platform.pool)
  })
  afterAll(() => service.stop())

  const ask = async (fields: Partial<Parameters<typeof newVisit>[0]> & { startsAt: Date }, selection: string) => {
    const row = await db.visit.create({
      data: {
        ...newVisit({ patientId: person, unitId: 'SE2321000131-H001', bookedAt: service.platform.clock.now(), ...fields }),
        status: 'BOOKED',
      },
    })
    const { data, errors } = await service.ask(patient(person), `query ($id: ID!) { visit(id: $id) { ${selection} } }`, {
      id: globalId('Visit', row.id),
    })
    expect(errors).toBeUndefined()
    return data.visit
  }

  it.each([
    ['vastra-gotaland', '2026-05-20T08:00:00+02:00', '2026-05-19T08:00:00+02:00'],
    ['vastra-gotaland', '2026-03-29T08:00:00+02:00', '2026-03-28T07:00:00+01:00'],
    ['vastra-gotaland', '2026-10-25T08:00:00+01:00', '2026-10-24T09:00:00+02:00'],
    ['vastmanland', '2026-05-21T14:00:00+02:00', '2026-05-21T08:30:00+02:00'],
    ['vastmanland', '2026-03-29T14:00:00+02:00', '2026-03-29T08:30:00+02:00'],
    ['vastmanland', '2026-05-22T08:00:00+02:00', '2026-05-22T08:00:00+02:00'],
  ])('[R18] in %s at %s is cancelled in time until %s', async (region, startsAt, at) => {
    const { cancelDeadline } = await ask({ region, startsAt: new Date(startsAt) }, 'cancelDeadline { at source }')
    expect(cancelDeadline).toEqual({ at, source: 'REGION' })
  })

  it('[R18] booked after its deadline is cancelled in time until it starts', async () => {
    const startsAt = new Date('2026-05-25T08:00:00+02:00')
    const bookedAt = new Date('2026-05-24T09:00:00+02:00')
    const { cancelDeadline } = await ask({ startsAt, bookedAt }, 'cancelDeadline { at source }')
    expect(cancelDeadline).toEqual({ at: '2026-05-25T08:00:00+02:00', source: 'REGION' })
  })

  it('[R12] is entered from 15 minutes before it until it ends, when it is digital', async () => {
    const { joinWindow } = await ask(
      { startsAt: new Date('2026-06-01T08:00:00+02:00'), channel: 'WEB' },
      'joinWindow { opensAt closesAt }',
    )
    expect(joinWindow).toEqual({ opensAt: '2026-06-01T07:45:00+02:00', closesAt: '2026-06-01T08:30:00+02:00' })
  })

  it.each(['PHYSICAL', 'PHONE'] as const)(
    '[R1] can be held otherwise than digitally, with no doors to enter by: %s',
    async (channel) => {
      const startsAt = new Date(channel === 'PHONE' ? '2026-06-02T08:00:00+02:00' : '2026-06-03T08:00:00+02:00')
      expect(await ask({ startsAt, channel }, 'channel joinWindow { opensAt }')).toEqual({ channel, joinWindow: null })
    },
  )

  it('is told of as a fact, and an id that is none is no error', async () => {
    const row = await db.visit.create({
      data: {
        ...newVisit({ patientId: person, unitId: 'SE2321000131-H001', startsAt: new Date('2026-06-04T08:00:00+02:00') }),
        status: 'BOOKED',
      },
    })
    const facts = await service.platform.own.visit?.([uuid(404), row.id, 'no uuid'])
    expect(facts).toEqual([
      null,
      {
        id: row.id,
        patientId: person,
        unitId: 'SE2321000131-H001',
        startsAt: '2026-06-04T08:00:00+02:00',
        status: 'BOOKED',
        channel: 'APP',
        profession: 'NURSE',
        visitTypeCode: 'FOLLOW_UP',
      },
      null,
    ])
  })
})
