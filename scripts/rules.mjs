/**
 * Writes docs/rules.md: each rule of docs/rules.json → the code that names it in a comment → the tests that name it in their title.
 *
 *   node scripts/rules.mjs            writes the file
 *   node scripts/rules.mjs --check    fails when the file is out of date, when a claimed rule lacks code or tests,
 *                                     or when a text in the tree names a rule that does not exist
 *
 * Lines are left out on purpose: a place is a file and the name declared there, so that moving code is no drift.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const roots = ['packages', 'subgraphs', 'gateway', 'sandbox', 'e2e', 'scripts']
const skipped = new Set(['node_modules', 'dist', 'generated', 'gql', 'migrations', '.vardgraf'])
const sourceFile = /\.(ts|mts|mjs|json)$/
/** Code that tests stand on: it keeps no rule itself. */
const isTestSupport = (file) => /\/(testing|tests)\//.test(file)
const testFile = /\.test\.(ts|mts|mjs)$/
/** `[R18]`, `[R20, R23]`, `[R16, high-cost protection]`. */
const mark = /\[((?:R|A)\d{1,2}(?:\s*[,;][^\]\n]*)?)\]/g
const ruleId = /\b(?:R|A)\d{1,2}\b/g
const declaration =
  /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|interface|type|enum|const|let)\s+([A-Za-z_$][\w$]*)|^\s*(?:(?:public|private|protected|static|readonly|override|async)\s+)*\*?([A-Za-z_$][\w$]*)[!?]?\s*[(:=]/
const notNames = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'it',
  'test',
  'describe',
  'expect',
  'await',
  'description',
  'case',
])

/** @typedef {{ id: string, owner: string, meaning: string, claimed?: boolean, missing?: string }} Rule */
/** @typedef {{ code: Set<string>, tests: Map<string, Set<string>> }} Places */

/**
 * Everything that the tree says about the rules.
 * @param {string} root
 * @returns {{ rules: Rule[], places: Map<string, Places>, unknown: string[] }}
 */
export function readRules(root) {
  /** @type {Rule[]} */
  const rules = JSON.parse(readFileSync(join(root, 'docs/rules.json'), 'utf8'))
  const places = new Map(rules.map((rule) => [rule.id, { code: new Set(), tests: new Map() }]))
  /** @type {string[]} */
  const unknown = []
  for (const file of sourceFiles(root)) {
    const isTest = testFile.test(file)
    const lines = readFileSync(join(root, file), 'utf8').split('\n')
    for (const [index, line] of lines.entries()) {
      for (const id of idsOf(line)) {
        const place = places.get(id)
        if (!place) unknown.push(`${file}:${index + 1} names ${id}`)
        else if (!isTest && !isTestSupport(file)) place.code.add(codePlace(file, lines, index))
        else for (const title of isTest ? titlesOf(line, id) : []) titles(place, file).add(title)
      }
    }
  }
  return { rules, places, unknown }
}

/** The Markdown of docs/rules.md. */
export function renderRules({ rules, places }) {
  const counted = Object.groupBy(rules, (rule) => statusOf(rule, places.get(rule.id)))
  const summary = ['enforced and tested', 'partly', 'not yet']
    .map((status) => `${counted[status]?.length ?? 0} ${status}`)
    .join(', ')
  const table = rules.map(
    (rule) =>
      `| ${anchor(rule, places.get(rule.id))} | ${rule.meaning} | ${rule.owner} | ${statusOf(rule, places.get(rule.id))} |`,
  )
  const details = rules
    .filter((rule) => statusOf(rule, places.get(rule.id)) !== 'not yet')
    .map((rule) => renderRule(rule, places.get(rule.id)))
  return `${[
    '# Rules',
    '',
    '<!-- Written by scripts/rules.mjs from docs/rules.json, comments and test titles. Do not edit: run `npm run rules`. -->',
    '',
    'Each rule of the platform, where the code keeps it, and which tests hold it to that. A comment in the code and the title of a test name a rule in square brackets.',
    '',
    `${rules.length} rules: ${summary}.`,
    '',
    '| rule | what it says | owner | status |',
    '|---|---|---|---|',
    ...table,
    '',
    ...details,
  ].join('\n')}\n`
}

/** Why the check fails; empty when all is well. */
export function problemsOf({ rules, places, unknown }) {
  const missing = rules.flatMap((rule) => {
    if (!rule.claimed) return []
    const { code, tests } = places.get(rule.id)
    return [
      ...(code.size === 0 ? [`${rule.id} is claimed, but no comment in the code names it`] : []),
      ...(tests.size === 0 ? [`${rule.id} is claimed, but no test has it in its title`] : []),
    ]
  })
  return [...unknown, ...missing]
}

function renderRule(rule, { code, tests }) {
  const testLines = sorted(tests.keys()).flatMap((file) => [
    `- ${link(file)}`,
    ...sorted(tests.get(file)).map((title) => `  - ${title}`),
  ])
  return [
    `## ${rule.id}`,
    '',
    rule.meaning,
    ...(rule.missing ? ['', `Not yet: ${rule.missing}.`] : []),
    '',
    ...(code.size > 0 ? ['Code:', '', ...sorted(code).map((place) => `- ${placeLink(place)}`), ''] : []),
    ...(testLines.length > 0 ? ['Tests:', '', ...testLines, ''] : []),
  ].join('\n')
}

function statusOf(rule, { code, tests }) {
  if (code.size === 0 && tests.size === 0) return 'not yet'
  return code.size > 0 && tests.size > 0 && rule.claimed && !rule.missing ? 'enforced and tested' : 'partly'
}

function sourceFiles(root) {
  const found = []
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) walk(path)
      } else if (sourceFile.test(entry.name)) found.push(relative(root, path).split(sep).join('/'))
    }
  }
  for (const name of roots) if (existsSync(join(root, name))) walk(join(root, name))
  // This file and its tests speak of marks without keeping a rule.
  return sorted(found).filter((file) => !/^scripts\/(rules|checks)[.\w]*$/.test(file))
}

function idsOf(line) {
  const ids = new Set()
  for (const [, inside] of line.matchAll(mark)) for (const [id] of inside.matchAll(ruleId)) ids.add(id)
  return ids
}

/** The titles on a test file's line that carry the id: string literals, whole, without their quotes. */
function titlesOf(line, id) {
  const literals = [...line.matchAll(/'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|"((?:[^"\\]|\\.)*)"/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  )
  return literals
    .filter((literal) => literal.trimStart().startsWith('[') && idsOf(literal).has(id))
    .map((literal) => literal.replaceAll("\\'", "'").replaceAll('|', '\\|'))
}

function titles(place, file) {
  const known = place.tests.get(file)
  if (known) return known
  const fresh = new Set()
  place.tests.set(file, fresh)
  return fresh
}

/** `file#name` of what is declared at or right below the comment, or the file alone. */
function codePlace(file, lines, index) {
  for (const line of lines.slice(index, index + 12)) {
    if (/^\s*(\*|\/\*|\/\/|@|\}|\))/.test(line)) continue
    const name = declaration.exec(line)?.slice(1).find(Boolean)
    if (name && !notNames.has(name)) return `${file}#${name}`
  }
  return file
}

const anchor = (rule, { code, tests }) => (code.size + tests.size > 0 ? `[${rule.id}](#${rule.id.toLowerCase()})` : rule.id)
const link = (file) => `[${file}](../${file})`
function placeLink(place) {
  const [file, name] = place.split('#')
  return name ? `${link(file)} \`${name}\`` : link(file)
}

// Code-point order: the same on every machine.
const sorted = (values) => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

function main() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const target = join(root, 'docs/rules.md')
  const read = readRules(root)
  const text = renderRules(read)
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text)
    return
  }
  const problems = problemsOf(read)
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text)
    problems.push('docs/rules.md is out of date: run `npm run rules`')
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
