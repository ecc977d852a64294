import { Access, type CareCaseFact, isStaff, type UnitFact } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { refuse, requireKey } from '@vardgraf/service'
import type { StaffViewer } from '@vardgraf/viewer'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import type { VisitRow } from '../database.js'
import { cases, visits } from '../visit/access.js'
import { toVisit } from '../visit/schema.js'
import { bookingRefusal, endOf, visitUnit } from './rules.js'
import { BookVisitFromCaseInput, BookVisitFromCasePayload, toReceipt } from './schema.js'
import { bookVisit, madeWith, type NewVisit } from './store.js'

@Resolver()
export class BookVisitResolver {
  /** Staff of the unit that handles the case book a visit from it, where the case was started. [R36] */
  @Access(isStaff)
  @Mutation(() => BookVisitFromCasePayload, {
    description:
      'Staff book a visit from an ongoing case that their unit handles, at the unit where the case was started: 1177 gets the receipt, not the visit. [R36]',
  })
  async bookVisitFromCase(
    @Arg('input', () => BookVisitFromCaseInput, { description: 'The visit.' }) input: BookVisitFromCaseInput,
    @Ctx() ctx: Context,
  ): Promise<BookVisitFromCasePayload> {
    const staff = staffOf(ctx)
    const key = requireKey(input.idempotencyKey)
    const careCase = await cases.find(ctx, input.caseId, { reason: 'bookVisitFromCase' })
    if (!careCase) return refused(ctx, 'NOT_FOUND')

    const earlier = await madeWith(ctx.db, staff.staffId, key)
    if (earlier) return again(ctx, earlier, careCase, input)
    const no = bookingRefusal(careCase, input, ctx.now())
    if (no) return refused(ctx, no)
    const unit = await unitOfVisit(ctx, careCase)
    if (!unit) return refused(ctx, 'NO_UNIT_FOR_VISIT')

    const { visit, first } = await bookVisit(ctx.db, ctx.bus, newVisit(ctx, staff, careCase, unit, input))
    if (!visit) return refused(ctx, 'VISIT_OVERLAPS')
    return first ? booked(ctx, visit) : again(ctx, visit, careCase, input)
  }
}

/** Where the visit is: facts of the case's and the patient's units, asked together. */
async function unitOfVisit(ctx: Context, { patientId, startedAtUnitId }: CareCaseFact): Promise<UnitFact | null> {
  const [startedAt, person] = await Promise.all([ctx.facts.get('unit', startedAtUnitId), ctx.facts.get('person', patientId)])
  const listedAt = person?.listedUnitId ? await ctx.facts.get('unit', person.listedUnitId) : null
  return visitUnit(startedAt, listedAt)
}

/** The receipt for the employee who booked; the visit too if she may see it. [A1] */
async function booked(ctx: Context, visit: VisitRow): Promise<BookVisitFromCasePayload> {
  const { viewer } = ctx
  const own = viewer.kind === 'STAFF' && viewer.unitId === visit.unitId && (await visits.maySee(ctx, visit))
  return { visit: own ? toVisit(visit) : null, receipt: toReceipt(visit), refusal: null }
}

/** A retry gives the first result; the key of another booking gives nothing away and books nothing. */
async function again(
  ctx: Context,
  visit: VisitRow,
  careCase: CareCaseFact,
  input: BookVisitFromCaseInput,
): Promise<BookVisitFromCasePayload> {
  const same =
    visit.caseId === careCase.id &&
    visit.startsAt.getTime() === input.startsAt.getTime() &&
    visit.endsAt.getTime() === endOf(input).getTime() &&
    visit.channel === input.channel &&
    visit.profession === input.profession &&
    visit.visitTypeCode === input.visitType
  return same ? booked(ctx, visit) : refused(ctx, 'IDEMPOTENCY_KEY_REUSED')
}

function newVisit(
  ctx: Context,
  staff: StaffViewer,
  careCase: CareCaseFact,
  unit: UnitFact,
  input: BookVisitFromCaseInput,
): NewVisit {
  const { startsAt, channel, profession, visitType, idempotencyKey } = input
  return {
    patientId: careCase.patientId,
    unitId: unit.hsaId,
    region: unit.region,
    caseId: careCase.id,
    startsAt,
    endsAt: endOf(input),
    channel,
    profession,
    visitTypeCode: visitType,
    bookedBy: staff.staffId,
    bookedByUnitId: staff.unitId,
    bookedAt: ctx.now(),
    idempotencyKey,
  }
}

type Code = Parameters<typeof refuse>[1]
const refused = (ctx: Context, code: Code): BookVisitFromCasePayload => ({
  visit: null,
  receipt: null,
  refusal: refuse(ctx, code),
})

/** The shield lets only staff in; this tells the type checker. */
function staffOf({ viewer, language }: Context): StaffViewer {
  if (viewer.kind !== 'STAFF') throw new GraphError('FORBIDDEN', {}, language)
  return viewer
}
