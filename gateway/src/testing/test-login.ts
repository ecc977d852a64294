import { GraphError } from '@vardgraf/errors'
import type { Viewer } from '@vardgraf/viewer'
import { type Authenticator, type Login, LoginUnavailable } from '../login/authenticate.js'

/** What a client sends in `connection_init` for a token such as `alice,en`: its second part is the language that she reads. */
export const connectionParams = (token: string): { authorization: string; acceptLanguage?: string } => {
  const language = token.split(',')[1]
  return { authorization: `Bearer ${token}`, ...(language && { acceptLanguage: language }) }
}

/** `alice` or `alice,en` or `alice,sv,60`: person, language, seconds until the login ends. */
function loginOf(token: string, now: Date): Login {
  const [personId = '', , seconds = '1800'] = token.split(',')
  const sessionExpiresAt = Math.floor(now.getTime() / 1000) + Number(seconds)
  const viewer: Viewer = personId === '' ? { kind: 'ANONYMOUS' } : { kind: 'PATIENT', personId, sessionExpiresAt }
  return { viewer, standing: (at) => (personId === '' || at.getTime() < sessionExpiresAt * 1000 ? 'GOOD' : 'ENDED') }
}

/** Accepts the tokens of tests without a signature. `forged` is invalid, `weak` may not be used here, `unsure` cannot be checked. */
export const testAuthenticator = (now: () => Date): Authenticator => ({
  async login(authorization = '') {
    const token = authorization.replace(/^Bearer /, '')
    if (token === 'forged') throw new GraphError('UNAUTHENTICATED')
    if (token === 'weak') throw new GraphError('FORBIDDEN')
    if (token === 'unsure') throw new LoginUnavailable('the issuer does not answer')
    return loginOf(token, now())
  },
  ready: () => true,
  stop: () => {},
})
