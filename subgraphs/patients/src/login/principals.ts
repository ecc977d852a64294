import type { InternalEndpoint } from '@vardgraf/service'
import { z } from 'zod'
import type { Services } from '../context.js'
import { identify } from './rules.js'
import { findOrRegister } from './store.js'

const requestShape = z.object({
  personalIdentityNumber: z.string(),
  givenName: z.string().trim().min(1).max(200).optional(),
  familyName: z.string().trim().min(1).max(200).optional(),
  levelOfAssurance: z.string().optional(),
  /** The co-ordination number that she had before her personal identity number. */
  previousCoordinationNumber: z.string().optional(),
})

/** `POST /internal/principals`: verified claims of a login → `{ personId }`. A refused login is a 400 with the reason's code. [R28] */
export function principals({ db, platform }: Services): InternalEndpoint {
  return {
    // Only the gateway verifies logins.
    callers: ['gateway'],
    answer: async (body) => {
      const request = requestShape.safeParse(body)
      if (!request.success) throw new RangeError('a principal has a personalIdentityNumber, and names of 1 to 200 characters')
      const login = identify(request.data)
      if ('refusal' in login) throw new RangeError(login.refusal)
      const { personId, twoPersons } = await findOrRegister(db, { ...request.data, ...login.numbers }, platform.clock.now())
      if (twoPersons)
        platform.log.warn(
          { persons: twoPersons },
          'a login tells that two persons are one: their cases are to be brought together by hand',
        )
      return { personId }
    },
  }
}
