/** What the e-ID's pages have in common: readable at any zoom, in light and dark, without scripts. */

export type Language = 'sv' | 'en'

export const pageOf = (language: Language, title: string, main: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>`

/** The page may load only its own style, runs no scripts, and no other page may frame it. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

export const languageOfPage = (asked: string | null, header: string | undefined): Language =>
  asked === 'en' || (asked !== 'sv' && /^\s*en\b/i.test(header ?? '')) ? 'en' : 'sv'

export const htmlText = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

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
dt { font-weight: 600; margin-top: .75rem }
dd { margin: 0; overflow-wrap: anywhere }
.number { font-variant-numeric: tabular-nums; opacity: .8 }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`
