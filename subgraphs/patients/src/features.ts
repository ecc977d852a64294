import type { Feature } from '@vardgraf/service'
import { CareUnitResolver } from './care-unit/resolvers.js'
import type { Context } from './context.js'
import { ErrorCodeResolver } from './error-codes/resolvers.js'
import { stubs } from './neighbours.js'
import { NodeResolver } from './node/resolvers.js'
import { PatientResolver } from './patient/resolvers.js'
import { permissions } from './permissions.js'
import { references } from './references.js'
import { StaffResolver } from './staff/resolvers.js'
import { ViewerResolver } from './viewer/resolvers.js'

/** The schema of the subgraph: what it answers, and to whom. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [ViewerResolver, PatientResolver, StaffResolver, CareUnitResolver, NodeResolver, ErrorCodeResolver],
    types: Object.values(stubs),
    references,
    permissions,
  },
]
