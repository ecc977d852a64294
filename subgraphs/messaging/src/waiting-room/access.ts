import { can } from '@vardgraf/access'
import type { Context } from '../context.js'

/** WHO may see a unit's queue: those of its staff whose role it concerns. [A1] */
export const seesQueueOf = ({ viewer }: Pick<Context, 'viewer'>, unitId: string): boolean =>
  viewer.kind === 'STAFF' && viewer.unitId === unitId && can(viewer, 'QUEUE')
