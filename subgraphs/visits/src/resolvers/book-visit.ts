import { GraphError } from '@vardgraf/errors'
import { type CareCaseFact, hasCareRelation, localId, NOBODY, refuse } from '@vardgraf/subgraph'
import type { StaffViewer } from '@vardgraf/viewer'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import type { VisitRow } from '../database.js'
import { maySeeVisit } from '../permissions/visible.js'
import { bookingRefusal, endOf } from '../rules/booking.js'
import { BookVisitFromCaseInput, BookVisitFromCasePayload } from '../schema/booking.js'
import { toVisit } from '../schema/visit.js'
import { bookVisit, madeWith, type NewVisit } from '../store/book.js'

const MAX_KEY_LENGTH = 64

@Resolver()
export class BookVisitResolver {
  /** Staff of the case's unit book a visit from it. [R36] */
  @Mutation(() => BookVisitFromCasePayload, { description: 'Staff book a visit from an ongoing case of their unit. [R36]' })
  async bookVisitFromCase(
    @Arg('input', () => BookVisitFromCaseInput, { description: 'The visit.' }) input: BookVisitFromCaseInput,
    @Ctx() ctx: Context,
  ): Promise<BookVisitFromCasePayload> {
    const staff = staffOf(ctx)
    const key = idempotencyKeyOf(input)
    const careCase = await caseOfOwnUnit(ctx, staff, input.caseId)
    if (!careCase) return refused(ctx, 'NOT_FOUND')

    const earlier = await madeWith(ctx.db, staff.staffId, key)
    if (earlier) return again(ctx, earlier, careCase, input)
    const no = bookingRefusal(careCase, input, ctx.now())
    if (no) return refused(ctx, no)

    const { visit, first } = await bookVisit(ctx.db, ctx.bus, await newVisit(ctx, staff, careCase, input))
    if (!visit) return refused(ctx, 'VISIT_OVERLAPS')
    return first ? { visit: toVisit(visit), refusal: null } : again(ctx, visit, careCase, input)
  }
}

/** The case if it is at her unit and she has a care relation; null as for one that does not exist. The look is logged. [A1, A3, A7] */
async function caseOfOwnUnit(ctx: Context, staff: StaffViewer, id: string): Promise<CareCaseFact | null> {
  const caseId = localId(id, 'CareCase')
  if (!caseId) return null
  const careCase = await ctx.facts.get('careCase', caseId)
  const allowed = careCase?.unitId === staff.unitId && (await hasCareRelation(ctx, careCase.patientId))
  const look = { patientId: careCase?.patientId ?? NOBODY, what: 'CareCase', id: caseId, reason: 'bookVisitFromCase' }
  await ctx.audit.access({ ...look, refused: !allowed })
  return allowed ? careCase : null
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
  if (!same || !(await maySeeVisit(ctx, visit))) return refused(ctx, 'IDEMPOTENCY_KEY_REUSED')
  return { visit: toVisit(visit), refusal: null }
}

async function newVisit(
  ctx: Context,
  staff: StaffViewer,
  careCase: CareCaseFact,
  input: BookVisitFromCaseInput,
): Promise<NewVisit> {
  const unit = await ctx.facts.get('unit', careCase.unitId)
  if (!unit) throw new GraphError('FACTS_UNAVAILABLE', { owner: 'patients' }, ctx.language)
  const { startsAt, channel, profession, visitType, idempotencyKey } = input
  return {
    patientId: careCase.patientId,
    unitId: careCase.unitId,
    region: unit.region,
    caseId: careCase.id,
    startsAt,
    endsAt: endOf(input),
    channel,
    profession,
    visitTypeCode: visitType,
    bookedBy: staff.staffId,
    bookedAt: ctx.now(),
    idempotencyKey,
  }
}

type Code = Parameters<typeof refuse>[1]
const refused = (ctx: Context, code: Code): BookVisitFromCasePayload => ({ visit: null, refusal: refuse(ctx, code) })

/** The shield lets only staff in; this tells the type checker. */
function staffOf({ viewer, language }: Context): StaffViewer {
  if (viewer.kind !== 'STAFF') throw new GraphError('FORBIDDEN', {}, language)
  return viewer
}

function idempotencyKeyOf({ idempotencyKey }: BookVisitFromCaseInput): string {
  const length = idempotencyKey.length
  if (length < 1 || length > MAX_KEY_LENGTH)
    throw new GraphError('BAD_USER_INPUT', { argument: 'idempotencyKey', expected: `1 to ${MAX_KEY_LENGTH} characters` })
  return idempotencyKey
}
