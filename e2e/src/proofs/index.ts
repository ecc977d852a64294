import { floods } from './floods/index.js'
import { kills } from './kills/index.js'
import { mutation } from './mutation.js'
import type { Proof } from './proof.js'
import { properties } from './properties.js'
import { races } from './races/index.js'

export { page } from './page.js'

/** All proofs, in the order in which `npm run prove -- all` makes them. */
export const proofs: readonly Proof[] = [kills, floods, races, properties, mutation]
