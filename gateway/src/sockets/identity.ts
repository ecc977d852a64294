import type { Language } from '@vardgraf/errors'
import type { Login } from '../login/authenticate.js'

/** Who opened a socket: checked once, when it connects, and used for every operation and event on it. */
export interface Identity extends Login {
  language: Language
}

/** What a client sends about its user, in `connection_init` or in the headers of the upgrade. */
export interface Credentials {
  authorization: string | undefined
  acceptLanguage: string | undefined
}
