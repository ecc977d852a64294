import type { Context } from './context.js'
import { visibleCase, visibleVisit } from './permissions/visible.js'
import { CareCase, Visit } from './schema/entities.js'

interface Reference {
  id: string
}

/** Entities by their key. One that the viewer may not see is null, exactly as one that does not exist. [A7] */
export const references = {
  Visit: async ({ id }: Reference, ctx: Context): Promise<Visit | null> => {
    const fact = await visibleVisit(ctx, id)
    return fact && Object.assign(new Visit(), { id, fact })
  },
  CareCase: async ({ id }: Reference, ctx: Context): Promise<CareCase | null> => {
    const fact = await visibleCase(ctx, id)
    return fact && Object.assign(new CareCase(), { id, fact })
  },
}
