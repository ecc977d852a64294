// The names of a feature, all from one in kebab-case, and what they replace in the templates.

/**
 * @typedef {object} Names
 * @property {string} kebab `care-plan`: the folder
 * @property {string} pascal `CarePlan`: the GraphQL type, and Prisma's model
 * @property {string} camel `carePlan`
 * @property {string} plural `carePlans`
 * @property {string} snake `care_plan`: the table
 * @property {string} words `care plan`
 */

/** A table's name is part of its indexes' names, which PostgreSQL cuts at 63 characters. */
const MAX_NAME_CHARACTERS = 28
const form = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/

/**
 * @param {string} kebab
 * @returns {Names | null} null for a name in another form
 */
export function namesOf(kebab) {
  if (!form.test(kebab) || kebab.length < 3 || kebab.length > MAX_NAME_CHARACTERS) return null
  const parts = kebab.split('-')
  const pascal = parts.map(capital).join('')
  const camel = pascal.slice(0, 1).toLowerCase() + pascal.slice(1)
  return { kebab, pascal, camel, plural: pluralOf(camel), snake: parts.join('_'), words: parts.join(' ') }
}

/** @param {string} word */
function pluralOf(word) {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

/**
 * A template is written for the feature `new-thing` of `new_subgraph`.
 * @param {string} text
 * @param {Names} names
 * @param {string} subgraph
 * @returns {string}
 */
export function filled(text, { kebab, pascal, camel, plural, snake, words }, subgraph) {
  const article = /^[aeiou]/.test(words) ? 'an' : 'a'
  const pairs = /** @type {const} */ ([
    ['new_subgraph', subgraph],
    ['NewThings', capital(plural)],
    ['newThings', plural],
    ['NewThing', pascal],
    ['newThing', camel],
    ['new_thing', snake],
    ['new-thing', kebab],
    ['A new thing', `${capital(article)} ${words}`],
    ['a new thing', `${article} ${words}`],
    ['New things', capital(pluralOf(words))],
    ['new things', pluralOf(words)],
    ['new thing', words],
  ])
  return pairs.reduce((filling, [placeholder, name]) => filling.replaceAll(placeholder, name), text)
}

/** @param {string} word */
function capital(word) {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
