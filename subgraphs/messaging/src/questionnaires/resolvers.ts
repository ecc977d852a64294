import { Access, isAuthenticated } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { parseCanonical, suitsAge } from '@vardgraf/forms'
import { type Connection, ConnectionArgs, cursorOf, localKey, pageSize, text, toConnection } from '@vardgraf/relay'
import { ageAt } from '@vardgraf/time'
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql'
import { requirePatient } from '../cases/access.js'
import type { Context } from '../context.js'

import { type Questionnaire, QuestionnaireConnection, toQuestionnaire } from './schema.js'

const offeredPlace = cursorOf('Query.questionnaires', text)

@Resolver()
export class QuestionnaireResolver {
  @Access(isAuthenticated)
  @Query(() => QuestionnaireConnection, {
    description:
      'The complaints that a new case can be about, by title: those that suit the patient’s age. For staff, who have none, all of them.',
  })
  async questionnaires(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('patientId', () => ID, {
      nullable: true,
      description: 'For whom: the viewer herself when left out, or a child below 13 whose guardian she is.',
    })
    patientId: string | null,
    @Ctx() ctx: Context,
  ): Promise<Connection<Questionnaire>> {
    const patient = patientId || ctx.viewer.kind === 'PATIENT' ? await requirePatient(ctx, patientId ?? null) : null
    const years = patient && ageAt(patient.birthDate, ctx.now())
    const offered = ctx.questionnaires.current().filter((each) => years === null || suitsAge(each, years))
    const [after] = offeredPlace.behind(ctx, '', args.after) ?? []
    const from = after === undefined ? 0 : offered.findIndex(({ url }) => url === after) + 1
    // Not on offer any more: to begin from the front would show what was shown.
    if (after !== undefined && from === 0)
      throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor of this list' }, ctx.language)
    const page = offered.slice(from, from + pageSize(args) + 1)
    return toConnection(
      page,
      args,
      ({ url }) => offeredPlace.at(ctx, '', url),
      (each) => toQuestionnaire(each, ctx.language),
    )
  }
}

/** A questionnaire by global id, in any version that is loaded or that a case has used. */
export async function questionnaireReference({ id }: { id: string }, ctx: Context): Promise<Questionnaire | null> {
  const named = parseCanonical(localKey(id, 'Questionnaire'))
  if (!named || ctx.viewer.kind === 'ANONYMOUS') return null
  const known = await ctx.questionnaires.find(ctx.db, named.url, named.version)
  return known && toQuestionnaire(known, ctx.language)
}
