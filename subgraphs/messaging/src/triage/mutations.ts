import { Access, isPatient } from '@vardgraf/access'
import { type ErrorCode, GraphError } from '@vardgraf/errors'
import { refusalFields, refuse } from '@vardgraf/service'
import { ageAt } from '@vardgraf/time'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { actorOf, cases } from '../cases/access.js'
import { caseById, remember } from '../cases/loaders.js'
import { type CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { type Conduct, type Conducted, completeTriage, giveAnswers } from './conduct.js'
import { AnswerTriageInput, answersOf, CompleteTriageInput, StartTriageInput } from './inputs.js'
import { triageOfCase } from './loaders.js'
import { AnswerTriagePayload, CompleteTriagePayload, OpenCaseExists, StartTriagePayload, TriageIncomplete } from './payloads.js'
import type { TriageAssessment } from './schema.js'
import { startTriage } from './start.js'
import { EMERGENCY_NUMBER, whenToCall112 } from './texts.js'
import { toAnswerError, toAssessment } from './view.js'

@Resolver()
export class TriageMutations {
  @Access(isPatient)
  @Mutation(() => StartTriagePayload, {
    description: 'The patient, or the guardian of a child below 13, starts a case; at any time. [R25]',
  })
  async startTriage(
    @Arg('input', () => StartTriageInput, { description: 'The case.' }) input: StartTriageInput,
    @Ctx() ctx: Context,
  ): Promise<StartTriagePayload> {
    const started = await startTriage(ctx, input)
    return 'refusal' in started
      ? {
          careCase: null,
          refusal: started.open ? openCaseExists(ctx, started.refusal, started.open) : refuse(ctx, started.refusal),
        }
      : { careCase: toCareCase(started.careCase), refusal: null }
  }

  @Access(isPatient)
  @Mutation(() => AnswerTriagePayload, {
    description:
      'Gives answers, in any portions. A red flag leads to CALL_112 at once, in whatever state the case is. Who gets worse answers anew, also when staff have begun: they are alerted. [R30, R31]',
  })
  async answerTriage(
    @Arg('input', () => AnswerTriageInput, { description: 'The answers.' }) input: AnswerTriageInput,
    @Ctx() ctx: Context,
  ): Promise<AnswerTriagePayload> {
    const given = answersOf(input)
    const row = await cases.require(ctx, input.caseId)
    const conduct = await conductOf(ctx, row)
    const done = await ctx.change((change) => giveAnswers(change, conduct, row.id, given))
    return { ...shown(ctx, done), errors: done.errors.map((error) => toAnswerError(error, ctx.language)) }
  }

  @Access(isPatient)
  @Mutation(() => CompleteTriagePayload, {
    description:
      'Assesses the answers, in any open case: one of the four outcomes. Who goes on enters the waiting room; once staff have begun they are alerted if it got worse. Doing it again gives the same. [R31]',
  })
  async completeTriage(
    @Arg('input', () => CompleteTriageInput, { description: 'The case.' }) input: CompleteTriageInput,
    @Ctx() ctx: Context,
  ): Promise<CompleteTriagePayload> {
    const row = await cases.require(ctx, input.caseId)
    const conduct = await conductOf(ctx, row)
    return shown(ctx, await ctx.change((change) => completeTriage(change, conduct, row.id)))
  }
}

/** The refusal that leads to the case she has, and says when to call 112: data, so that no frontend has to know it. [R25] [R31] */
function openCaseExists(ctx: Context, code: ErrorCode, open: CareCaseRow): OpenCaseExists {
  return Object.assign(new OpenCaseExists(), refusalFields(ctx, code), {
    careCase: toCareCase(remember(ctx, open)),
    instructions: whenToCall112[ctx.language],
    phoneNumber: EMERGENCY_NUMBER,
  })
}

/** Facts are asked before the row is locked: nobody waits for another process inside a transaction. */
async function conductOf(ctx: Context, { id, patientId }: CareCaseRow): Promise<Conduct> {
  // Kept, not thrown: a red flag does not wait for the register. [R31]
  const { person, away } = await ctx.facts.get('person', patientId).then(
    (found) => ({ person: found, away: null }),
    (error: unknown) => ({ person: null, away: error }),
  )
  if (!person && !away) throw new GraphError('NOT_FOUND', {}, ctx.language)
  for (const loader of [ctx.loader(caseById), ctx.loader(triageOfCase)]) loader.clear(id)
  const situation = { ageYears: person && ageAt(person.birthDate, ctx.now()) }
  return { library: ctx.questionnaires, policies: ctx.policies, actor: actorOf(ctx, patientId), situation, away }
}

/** What a step of triage shows: the case, where it led, and why not. */
function shown(
  ctx: Context,
  { careCase, rule, decidedAt, missing, refusal }: Conducted,
): {
  careCase: CareCase
  outcome: TriageAssessment['outcome'] | null
  assessment: TriageAssessment | null
  refusal: StartTriagePayload['refusal']
} {
  const assessment = rule && toAssessment(rule, decidedAt, careCase, ctx.now(), ctx.language)
  return {
    careCase: toCareCase(remember(ctx, careCase)),
    outcome: assessment?.outcome ?? null,
    assessment,
    refusal: refusalOf(),
  }

  function refusalOf(): StartTriagePayload['refusal'] {
    if (refusal === null) return null
    if (refusal !== 'TRIAGE_INCOMPLETE') return refuse(ctx, refusal)
    return Object.assign(new TriageIncomplete(), refusalFields(ctx, refusal), { missing })
  }
}
