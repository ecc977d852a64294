import { globalId } from '@vardgraf/relay'
import { inLane } from '@vardgraf/service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from './testing/service.js'
import { centre, documents, enter, nextKey, staff, uuid } from './testing/story.js'

const nurse = staff(centre)

describe('with every connection of requests taken', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService('2026-11-23T09:00:00+01:00')
  })
  afterAll(() => service.stop())

  const hold = async <T>(work: () => Promise<T>): Promise<T> => {
    const requests = service.platform.pool.of('requests')
    const taken = await Promise.all(Array.from({ length: 8 }, () => requests.connect()))
    return work().finally(() => {
      for (const client of taken) client.release()
    })
  }

  it.each([
    ['a read', documents.careCase],
    ['a transaction', documents.claim],
  ])('%s is told to come back, through Prisma as well', async (_, document) => {
    const row = await enter(service, { patientId: uuid(1), unitId: centre })
    const { errors } = await hold(() => service.ask(nurse, document, { caseId: globalId('CareCase', row.id), key: nextKey() }))
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([{ code: 'TRY_AGAIN_LATER', retryable: true }])
  })

  it('[R27] the waiting rooms are swept all the same', async () => {
    const row = await enter(service, { patientId: uuid(2), unitId: centre })
    await hold(async () => {
      service.setClock('2026-11-23T17:00:00+01:00')
      const responder = async (): Promise<string | undefined> =>
        (
          await service.owner.query<{ unit: string }>('SELECT responder_unit_id AS unit FROM messaging.care_case WHERE id = $1', [
            row.id,
          ])
        ).rows[0]?.unit
      await expect.poll(responder).not.toBe(centre)
    })
  })

  it('look-ups by key of one moment are made each in its own lane, though Prisma gathers them', async () => {
    await hold(async () => {
      const byKey = () => service.db.careCase.findUnique({ where: { id: uuid(99) } })
      const asked = inLane('requests', async () => byKey())
      const inBackground = inLane('background', async () => byKey())
      expect(await inBackground).toBeNull()
      await expect(asked).rejects.toMatchObject({ name: 'DatabaseBusy' })
    })
  })
})
