import type { Context } from '../context.js'
import { careUnitByHsaId } from './loaders.js'
import { type CareUnit, toCareUnit } from './schema.js'

/** A care unit by HSA-id, for everybody; null where there is none. */
export async function findCareUnit(ctx: Context, hsaId: string | null): Promise<CareUnit | null> {
  const row = hsaId === null ? null : await ctx.loader(careUnitByHsaId).load(hsaId)
  return row && toCareUnit(row)
}
