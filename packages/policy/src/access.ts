import { DAY_MS } from '@vardgraf/time'
import type { Policy } from './pack.js'

/** The instant from which visits and ended cases still give a unit a care relation; that instant included. [A1] */
export const careRelationSince = ({ access }: Pick<Policy, 'access'>, now: Date): Date =>
  new Date(now.getTime() - access.careRelationDays.value * DAY_MS)
