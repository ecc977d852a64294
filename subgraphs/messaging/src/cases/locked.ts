import { GraphError } from '@vardgraf/errors'
import type { Author, Change } from '../change.js'
import type { Context } from '../context.js'
import type { CareCase } from '../generated/prisma/client.js'
import { actorOf, isConcerned } from './access.js'
import { caseById } from './loaders.js'
import { lockCase } from './store.js'

/**
 * Runs a change on a case whose row is locked, so that its state cannot move between rule and write.
 * @throws GraphError NOT_FOUND when the case has meanwhile moved to where this member of staff cannot see it.
 */
export async function inLockedCase<T>(
  ctx: Context,
  id: string,
  work: (change: Change, row: CareCase, actor: Author) => Promise<T>,
): Promise<T> {
  ctx.loader(caseById).clear(id)
  return ctx.change(async (change) => {
    const row = await lockCase(change, id)
    if (!row || (ctx.viewer.kind === 'STAFF' && !isConcerned(ctx, row, change.now)))
      throw new GraphError('NOT_FOUND', {}, ctx.language)
    return work(change, row, actorOf(ctx, row.patientId))
  })
}
