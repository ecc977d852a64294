import { htmlText, type Language, pageOf } from './page.js'

/** Why an authorization server cannot continue a login: a code of OAuth 2.0 or OpenID Connect, and its description. */
export interface OAuthError {
  error: string
  error_description?: string | undefined
}

/** Texts by error code. `unlock` tells the developer of the client what to do: developers are the ones who see these pages. */
const texts = {
  invalid_client: {
    sv: {
      title: 'Tjänsten är inte känd',
      text: 'Inloggningen begärdes av en klient som inte finns.',
      unlock: 'Använd client_id vardgraf-sandbox: en publik klient, med PKCE.',
    },
    en: {
      title: 'The service is not known',
      text: 'The login was asked for by a client that does not exist.',
      unlock: 'Use the client_id vardgraf-sandbox: a public client, with PKCE.',
    },
  },
  invalid_redirect_uri: {
    sv: {
      title: 'Adressen att återvända till är inte registrerad',
      text: 'Inloggningen skickar ingen till en adress som klienten inte har registrerat.',
      unlock:
        'Använd en redirect_uri på den här datorn (localhost, 127.0.0.1 eller [::1], vilken port som helst), eller en apps eget schema: com.example.app:/callback. Utan fragment.',
    },
    en: {
      title: 'The address to return to is not registered',
      text: 'The login sends nobody to an address that the client has not registered.',
      unlock:
        'Use a redirect_uri on this machine (localhost, 127.0.0.1 or [::1], any port), or a scheme of an app’s own: com.example.app:/callback. Without a fragment.',
    },
  },
  ended: {
    sv: { title: 'Inloggningen gäller inte längre', text: 'Gå tillbaka till tjänsten och börja om.', unlock: null },
    en: { title: 'This login is no longer valid', text: 'Go back to the service and start again.', unlock: null },
  },
  server_error: {
    sv: { title: 'Något gick fel', text: 'Gå tillbaka till tjänsten och försök igen.', unlock: null },
    en: { title: 'Something went wrong', text: 'Go back to the service and try again.', unlock: null },
  },
  other: {
    sv: { title: 'Inloggningen kan inte börja', text: 'Tjänsten bad om den på ett sätt som inte går.', unlock: null },
    en: { title: 'The login cannot begin', text: 'The service asked for it in a way that does not work.', unlock: null },
  },
} as const

/** The page for a login that has ended or never began. */
export const endedPage = (language: Language): string => shown(texts.ended[language], language, null)

/** The page for an error that cannot be reported to the client: what is wrong, its code, and what to do. `over`: the login has ended. */
export function errorPage(error: OAuthError, over: boolean, language: Language): string {
  const known = error.error as keyof typeof texts
  const kind = over ? 'ended' : Object.hasOwn(texts, known) ? known : 'other'
  return shown(texts[kind][language], language, error)
}

const labels = {
  sv: { code: 'Felkod (OAuth 2.0)', details: 'Beskrivning', unlock: 'Så löser du det' },
  en: { code: 'Error code (OAuth 2.0)', details: 'Description', unlock: 'What to do' },
} as const

type Text = { title: string; text: string; unlock: string | null }

function shown({ title, text, unlock }: Text, language: Language, error: OAuthError | null): string {
  const t = labels[language]
  const rows = [
    [t.unlock, unlock],
    [t.code, error && `<code>${htmlText(error.error)}</code>`],
    [t.details, error?.error_description && `<span lang="en">${htmlText(error.error_description)}</span>`],
  ].flatMap(([name, value]) => (value ? [`<dt>${name}</dt><dd>${value}</dd>`] : []))
  const list = rows.length > 0 ? `\n<dl>${rows.join('')}</dl>` : ''
  return pageOf(language, title, `<h1>${title}</h1>\n<p>${text}</p>${list}`)
}
