import type { PersonFact, UnitFact } from '@vardgraf/access'
import type { ErrorCode } from '@vardgraf/errors'
import { parseCanonical } from '@vardgraf/forms'
import { localKey } from '@vardgraf/relay'
import { requireKey } from '@vardgraf/service'
import { ageAt } from '@vardgraf/time'
import { actorOf, requirePatient } from '../cases/access.js'
import { whyNotOpen } from '../cases/rules.js'
import { lockOpenCases, openCase } from '../cases/store.js'
import type { Author, Change } from '../change.js'
import type { Context } from '../context.js'
import type { CareCase } from '../generated/prisma/client.js'
import type { Loaded } from '../questionnaires/library.js'
import type { StartTriageInput } from './inputs.js'
import { startRefusal } from './rules.js'
import { startSession } from './store.js'

/** A new case, or why there is none; `open` is the one that stands in its way. */
export type Started = { careCase: CareCase } | { refusal: ErrorCode; open?: CareCase }

/** Opens a case in triage; a retry gives the first case, whatever has changed since. [R25] [R26] */
export async function startTriage(ctx: Context, input: StartTriageInput): Promise<Started> {
  const idempotencyKey = requireKey(input.idempotencyKey)
  const patient = await requirePatient(ctx, input.patientId ?? null)
  const actor = actorOf(ctx, patient.id)
  const earlier = await openedWith(ctx.db, actor, idempotencyKey)
  if (earlier) return same(earlier, patient, input)

  const loaded = await latestOf(ctx, input.questionnaire)
  const unitId = input.unitId ? localKey(input.unitId, 'CareUnit') : patient.listedUnitId
  const unit = unitId === null ? null : await ctx.facts.get('unit', unitId)
  const refusal = startRefusal({
    entryChannel: input.entryChannel,
    questionnaire: loaded?.questionnaire ?? null,
    ageYears: ageAt(patient.birthDate, ctx.now()),
    unitId: input.unitId ?? unitId,
    unitKind: unit?.kind ?? null,
  })
  if (refusal || !loaded || !unit) return { refusal: refusal ?? 'UNIT_WITHOUT_TRIAGE' }
  const policy = ctx.policies.policyFor(unit.region, ctx.now())
  return ctx.change(async (change) => {
    const open = await lockOpenCases(change, patient.id)
    const retried = await openedWith(change.tx, actor, idempotencyKey)
    if (retried) return same(retried, patient, input)
    const opening = newCase(input, patient, unit, loaded, idempotencyKey)
    const refusal = whyNotOpen(open, opening.complaint, policy.cases.mostOpen.value)
    if (refusal) return { refusal, ...inTheWay(open, opening.complaint) }
    const careCase = await openCase(change, actor, opening)
    if (careCase.patientId === patient.id) await startSession(change, careCase.id, loaded)
    return same(careCase, patient, input)
  })
}

/** The case that somebody has opened with a key, or null. */
function openedWith(db: Pick<Change['tx'], 'careCase'>, { id: openedById }: Author, idempotencyKey: string) {
  return db.careCase.findUnique({ where: { openedById_idempotencyKey: { openedById, idempotencyKey } } })
}

/** The open case to go on with instead: on the same complaint, or the latest. */
function inTheWay(open: readonly CareCase[], complaint: string): { open?: CareCase } {
  const found = open.find((each) => each.complaint === complaint) ?? open[0]
  return found ? { open: found } : {}
}

/** The latest active version of the questionnaire that a global id names, whichever version the client has seen; null where there has
 *  never been such a version. [R30] */
async function latestOf({ questionnaires, db }: Context, id: string): Promise<Loaded | null> {
  const seen = parseCanonical(localKey(id, 'Questionnaire'))
  if (!seen || !(await questionnaires.find(db, seen.url, seen.version))) return null
  const current = questionnaires.current().find(({ url }) => url === seen.url)
  return current ? questionnaires.get(current.url, current.version) : null
}

/** The case that the key opened, if it was for this: a key of another patient's case gives nothing away of it, and one of another
 *  matter must not pass for this one. */
function same(careCase: CareCase, patient: PersonFact, { questionnaire, unitId, entryChannel }: StartTriageInput): Started {
  const seen = parseCanonical(localKey(questionnaire, 'Questionnaire'))
  const isSame =
    careCase.patientId === patient.id &&
    careCase.complaint === (seen && complaintOf(seen.url)) &&
    careCase.entryChannel === entryChannel &&
    // Without a unit she starts where she is listed, which may have changed since.
    (!unitId || careCase.unitId === localKey(unitId, 'CareUnit'))
  return isSame ? { careCase } : { refusal: 'IDEMPOTENCY_KEY_REUSED' }
}

/** The questionnaire's code: the last part of its address. */
const complaintOf = (url: string): string => url.split('/').at(-1) ?? url

function newCase(
  { entryChannel }: StartTriageInput,
  patient: PersonFact,
  unit: UnitFact,
  { questionnaire }: Loaded,
  idempotencyKey: string,
) {
  return {
    patientId: patient.id,
    unitId: unit.hsaId,
    unitKind: unit.kind,
    region: unit.region,
    entryChannel,
    complaint: complaintOf(questionnaire.url),
    idempotencyKey,
  }
}
