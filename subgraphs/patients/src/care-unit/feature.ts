import { localKey } from '@vardgraf/relay'
import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { findCareUnit } from './access.js'
import { unitFacts } from './facts.js'
import { CareUnitResolver } from './resolvers.js'

export const careUnits: Feature<Context, Services> = {
  resolvers: [CareUnitResolver],
  references: { CareUnit: ({ id }, ctx) => findCareUnit(ctx, localKey(id, 'CareUnit')) },
  facts: unitFacts,
}
