import { Access, isPatient, isStaff } from '@vardgraf/access'
import { refuse } from '@vardgraf/service'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { cases } from './access.js'

import { inLockedCase } from './locked.js'
import { AbandonCaseInput, AbandonCasePayload, CloseCaseInput, CloseCasePayload } from './payloads.js'
import { whyNotAbandon, whyNotClose } from './rules.js'
import { toCareCase } from './schema.js'
import { abandonCase, closeCase } from './store.js'

@Resolver()
export class CareCaseMutations {
  @Access(isPatient)
  @Mutation(() => AbandonCasePayload, {
    description:
      'The patient leaves triage or the waiting room. Closing the app is not leaving: the place is kept. Who left and comes back starts anew.',
  })
  async abandonCase(
    @Arg('input', () => AbandonCaseInput, { description: 'The case.' }) input: AbandonCaseInput,
    @Ctx() ctx: Context,
  ): Promise<AbandonCasePayload> {
    const { id } = await cases.require(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      if (row.status === 'ABANDONED') return { careCase: toCareCase(row), refusal: null }
      const reason = whyNotAbandon(row)
      if (reason) return { careCase: toCareCase(row), refusal: refuse(ctx, reason) }
      return { careCase: toCareCase(await abandonCase(change, row, actor)), refusal: null }
    })
  }

  @Access(isStaff)
  @Mutation(() => CloseCasePayload, {
    description:
      'Staff end an answered case, or one whose patient was told to call 112 (`redFlag`). What was said stays readable.',
  })
  async closeCase(
    @Arg('input', () => CloseCaseInput, { description: 'The case.' }) input: CloseCaseInput,
    @Ctx() ctx: Context,
  ): Promise<CloseCasePayload> {
    const { id } = await cases.require(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      if (row.status === 'CLOSED') return { careCase: toCareCase(row), refusal: null }
      const reason = whyNotClose(row)
      if (reason) return { careCase: toCareCase(row), refusal: refuse(ctx, reason) }
      return { careCase: toCareCase(await closeCase(change, row, actor)), refusal: null }
    })
  }
}
