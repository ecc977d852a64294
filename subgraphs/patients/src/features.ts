import type { Feature } from '@vardgraf/service'
import type { Context } from './context.js'
import { permissions } from './permissions/index.js'
import { references } from './references/index.js'
import { CareUnitResolver } from './resolvers/care-unit.js'
import { ErrorCodeResolver } from './resolvers/error-codes.js'
import { NodeResolver } from './resolvers/node.js'
import { PatientResolver } from './resolvers/patient.js'
import { StaffResolver } from './resolvers/staff.js'
import { ViewerResolver } from './resolvers/viewer.js'
import { stubs } from './schema/stubs.js'

/** The schema of the subgraph: what it answers, and to whom. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [ViewerResolver, PatientResolver, StaffResolver, CareUnitResolver, NodeResolver, ErrorCodeResolver],
    types: Object.values(stubs),
    references,
    permissions,
  },
]
