import { localKey } from '@vardgraf/relay'
import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { findStaff } from './access.js'
import { StaffResolver } from './resolvers.js'

export const staff: Feature<Context, Services> = {
  resolvers: [StaffResolver],
  references: { Staff: ({ id }, ctx) => findStaff(ctx, localKey(id, 'Staff')) },
}
