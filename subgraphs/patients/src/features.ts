import type { Feature } from '@vardgraf/service'
import { careUnits } from './care-unit/feature.js'
import { contact } from './contact/feature.js'
import type { Context, Services } from './context.js'
import { eligibility } from './eligibility/feature.js'
import { errorCodes } from './error-codes/feature.js'
import { guardianship } from './guardianship/feature.js'
import { identityNumbers } from './identity-number/feature.js'
import { login } from './login/feature.js'
import { neighbours } from './neighbours.js'
import { nodeOver } from './node/feature.js'
import { patient } from './patient/feature.js'
import { staff } from './staff/feature.js'
import { viewer } from './viewer/feature.js'

/** Everything that this subgraph does. A new feature is a folder, and a line here. */
const own: readonly Feature<Context, Services>[] = [
  neighbours,
  viewer,
  login,
  patient,
  identityNumbers,
  contact,
  guardianship,
  careUnits,
  staff,
  eligibility,
  errorCodes,
]

export const features: readonly Feature<Context, Services>[] = [...own, nodeOver(own)]
