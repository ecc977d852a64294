import { careRelationsSince, loadPolicies, type Policies, type Policy } from '@vardgraf/policy'
import { DAY_MS } from '@vardgraf/time'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CaseStatus } from '../generated/prisma/enums.js'
import { type Service, startService } from '../testing/service.js'
import { centre, otherCentre, uuid } from '../testing/story.js'
import { caseFacts } from './facts.js'
import { casesOfPatient } from './loaders.js'
import { isHandledBy } from './rules.js'

const now = new Date('2026-11-23T09:00:00+01:00')
/** As the packs that ship, but for a region where care relations are shorter. */
const shipped = loadPolicies()
const days: Record<string, number> = { vastmanland: 30, vastra_gotaland: 7 }
const policies: Policies = {
  regions: Object.keys(days),
  policyFor: (region, at) => {
    const policy = shipped.policyFor('vastmanland', at)
    const careRelationDays = { ...policy.access.careRelationDays, value: days[region] ?? Number.NaN }
    return { ...policy, access: { ...policy.access, careRelationDays } } satisfies Policy
  },
}
const since = careRelationsSince(policies, now)

/** The boundary of each region and the millisecond on either side of it, now, and never. */
const closedAt = fc.constantFrom(
  null,
  now,
  ...Object.values(days).flatMap((each) => [-1, 0, 1].map((ms) => new Date(now.getTime() - each * DAY_MS + ms))),
)
const related = fc.record({
  responderUnitId: fc.constantFrom(centre, otherCentre, null),
  region: fc.constantFrom(...Object.keys(days), 'a region without a policy'),
  status: fc.constantFrom(...Object.values(CaseStatus)),
  closedAt,
})

describe('the care relation', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService(now.toISOString())
  })
  afterAll(() => service.stop())

  it('[A1, R14] is the same by the rule and in every statement: who handles it, which cases of hers staff are shown, what others are told', async () => {
    let patients = 0
    await fc.assert(
      fc.asyncProperty(fc.array(related, { minLength: 1, maxLength: 8 }), async (rows) => {
        const patientId = uuid(50_000 + ++patients)
        const stored = await service.db.careCase.createManyAndReturn({
          data: rows.map((row, index) => ({
            ...row,
            patientId,
            unitId: centre,
            unitKind: 'HEALTH_CENTRE',
            entryChannel: 'APP' as const,
            complaint: 'sore-throat',
            openedById: patientId,
            openedAt: new Date(now.getTime() - 90 * DAY_MS + index),
            idempotencyKey: `relation-${index}`,
          })),
        })
        const services = { ...service, policies }
        const key = { patientId, limit: 100, after: null, handledBy: centre }
        const handled = stored.filter((row) => isHandledBy(row, centre, since))
        expect((await casesOfPatient(services).load(key)).map(({ id }) => id).sort()).toEqual(handled.map(({ id }) => id).sort())
        const { caseRelation, careCase } = caseFacts(services)
        const units = [centre, otherCentre]
        expect(await caseRelation?.(units.map((unitId) => ({ patientId, unitId })))).toEqual(
          units.map((unitId) => stored.some((row) => isHandledBy(row, unitId, since))),
        )
        const told = await careCase?.(stored.map(({ id }) => id))
        expect(told?.map((fact) => fact?.unitId === centre)).toEqual(stored.map((row) => isHandledBy(row, centre, since)))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
