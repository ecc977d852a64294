import type { Identity } from './identities.js'
import { htmlText, type Language, pageOf } from './page.js'

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
  return pageOf(
    language,
    t.title,
    `<p class="language"><a href="?lang=${other}" lang="${other}" hreflang="${other}">${t.other}</a></p>
<h1>${t.title}</h1>
<p>${t.intro}</p>
<form method="post" action="${htmlText(action)}?lang=${language}">
${sections.join('\n')}
<p><button class="cancel" name="cancel" value="true">${t.cancel}</button></p>
</form>`,
  )
}

function personButton(person: Identity, language: Language): string {
  const number = person.claims['https://id.oidc.se/claim/personalIdentityNumber']
  const detail = number ? `<span class="number"><span class="hidden">${texts[language].number} </span>${number}</span>` : ''
  return `<button name="person" value="${htmlText(person.key)}"><strong>${htmlText(person.name)}</strong><span>${htmlText(person[language])}</span>${detail}</button>`
}
