import { DEADLINE_HEADER } from '@vardgraf/process'
import { signedViewer } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from './testing/service.js'
import { caseId, enter, knownPeople, patient, uuid } from './testing/story.js'

const astrid = patient(uuid(1))
const read = 'query ($id: ID!) { careCase(id: $id) { status } }'
const write = 'mutation ($id: ID!) { abandonCase(input: { caseId: $id }) { careCase { status } refusal { code } } }'

const connect = ({ platform }: Service) => platform.pool.connect()

describe('what another transaction holds', () => {
  let service: Service
  let holder: Awaited<ReturnType<typeof connect>>
  let id: string

  beforeAll(async () => {
    service = await startService('2026-11-23T09:00:00+01:00')
    knownPeople(service, { [uuid(1)]: {} })
    id = caseId(await enter(service, { patientId: uuid(1), priority: 'P2' }))
    holder = await connect(service)
  })
  afterAll(async () => {
    holder.release()
    await service.stop()
  })

  const ask = async (query: string, deadlineMs: number) => {
    const headers = {
      'content-type': 'application/json',
      [DEADLINE_HEADER]: String(deadlineMs),
      ...(await signedViewer('messaging', astrid, service.now())),
    }
    const response = await fetch(service.url, { method: 'POST', headers, body: JSON.stringify({ query, variables: { id } }) })
    return (await response.json()) as { data: unknown; errors?: { extensions: Record<string, unknown> }[] }
  }

  it.each([
    ['a read past its deadline', read, 'LOCK TABLE messaging.care_case IN ACCESS EXCLUSIVE MODE', 300, 'SUBGRAPH_TIMEOUT'],
    ['a read', read, 'LOCK TABLE messaging.care_case IN ACCESS EXCLUSIVE MODE', 20_000, 'TRY_AGAIN_LATER'],
    ['a write', write, 'UPDATE messaging.care_case SET version = version', 20_000, 'TRY_AGAIN_LATER'],
  ])('makes %s end retryable, and nothing of it is stored', async (_what, query, hold, deadlineMs, code) => {
    await holder.query(`BEGIN; ${hold}`)
    const { errors } = await ask(query, deadlineMs)
    await holder.query('ROLLBACK')
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([{ code, retryable: true }])
    expect((await ask(read, 20_000)).data).toEqual({ careCase: { status: 'WAITING' } })
  })
})
