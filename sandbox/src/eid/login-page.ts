import type { Identity } from './identities.js'

type Language = 'sv' | 'en'

const texts = {
  sv: {
    title: 'Logga in med test-e-legitimation',
    intro: 'Alla personer är påhittade. Välj vem du vill logga in som.',
    PATIENT: 'Invånare',
    STAFF: 'Vårdpersonal (SITHS)',
    WITHOUT_EID: 'Utan e-legitimation',
    cancel: 'Avbryt',
    other: 'In English',
    number: 'Personnummer',
  },
  en: {
    title: 'Log in with the test e-ID',
    intro: 'All of these people are invented. Choose whom to log in as.',
    PATIENT: 'Residents',
    STAFF: 'Care staff (SITHS)',
    WITHOUT_EID: 'Without e-ID',
    cancel: 'Cancel',
    other: 'På svenska',
    number: 'Personal identity number',
  },
} as const

/** The login page: one button a person, usable by keyboard and screen reader, without scripts. */
export function loginPage(action: string, identities: Iterable<Identity>, language: Language): string {
  const t = texts[language]
  const groups = Map.groupBy(identities, (identity) => identity.kind)
  const sections = [...groups].map(
    ([kind, people]) => `<section aria-labelledby="${kind}">
<h2 id="${kind}">${t[kind]}</h2>
<ul>${people.map((person) => `<li>${personButton(person, language)}</li>`).join('')}</ul>
</section>`,
  )
  const other = language === 'sv' ? 'en' : 'sv'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="language"><a href="?lang=${other}" lang="${other}" hreflang="${other}">${t.other}</a></p>
<h1>${t.title}</h1>
<p>${t.intro}</p>
<form method="post" action="${htmlText(action)}?lang=${language}">
${sections.join('\n')}
<p><button class="cancel" name="cancel" value="true">${t.cancel}</button></p>
</form>
</main>
</body>
</html>`
}

function personButton(person: Identity, language: Language): string {
  const number = person.claims['https://id.oidc.se/claim/personalIdentityNumber']
  const detail = number ? `<span class="number"><span class="hidden">${texts[language].number} </span>${number}</span>` : ''
  return `<button name="person" value="${htmlText(person.key)}"><strong>${htmlText(person.name)}</strong><span>${htmlText(person[language])}</span>${detail}</button>`
}

/** The page for a login that is over or never began. */
export function errorPage(language: Language): string {
  const [title, text] =
    language === 'sv'
      ? ['Inloggningen gäller inte längre', 'Gå tillbaka till tjänsten och börja om.']
      : ['This login is no longer valid', 'Go back to the service and start again.']
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}

export const languageOfPage = (asked: string | null, header: string | undefined): Language =>
  asked === 'en' || (asked !== 'sv' && /^\s*en\b/i.test(header ?? '')) ? 'en' : 'sv'

const htmlText = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const style = `
:root { color-scheme: light dark; --line: #8a97a6; --accent: #00578f; --back: #f4f7fa; --card: #fff; --text: #16202b }
@media (prefers-color-scheme: dark) { :root { --line: #6b7a8c; --accent: #8fc9f5; --back: #11181f; --card: #1b2530; --text: #eef3f8 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem }
a { color: var(--accent) }
.language { text-align: right; margin: 0 }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)) }
li { display: grid }
button { display: grid; gap: .1rem; align-content: start; min-height: 44px; padding: .7rem .9rem; text-align: left; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer }
button:hover { border-color: var(--accent) }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button.cancel { display: inline-block; margin-top: 1.5rem }
.number { font-variant-numeric: tabular-nums; opacity: .8 }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`
