import type { Context } from '../context.js'
import { staffByHsaId } from './loaders.js'
import { type Staff, toStaff } from './schema.js'

/** Staff by HSA-id, for whoever is logged in; null where there is none. */
export async function findStaff(ctx: Context, hsaId: string | null): Promise<Staff | null> {
  if (hsaId === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const row = await ctx.loader(staffByHsaId).load(hsaId)
  return row && toStaff(row)
}
