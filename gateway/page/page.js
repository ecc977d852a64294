// The page at `/`: GraphiQL, which the server sends along, with the saved examples and the sandbox's test persons.
import { carriedOn, filledIn } from '/graphiql/carry.js'
import { runner } from '/graphiql/run.js'

const element = (id) => document.getElementById(id)
const config = JSON.parse(element('config').textContent)
const { examples } = config
const menus = { example: element('example'), person: element('person'), language: element('language') }

function say(text) {
  element('state').textContent = text
}

// Who is logged in

/** A new token for each request: by the sandbox's clock an earlier one may have expired. */
async function token() {
  const response = await fetch(`${config.loginUrl}/token?person=${encodeURIComponent(menus.person.value)}`)
  if (!response.ok) throw new Error(`the test e-ID gave no token for ${menus.person.value}: ${response.status}`)
  return (await response.json()).access_token
}

const identity = async () => ({
  authorization: menus.person.value ? `Bearer ${await token()}` : undefined,
  language: menus.language.value,
})

function logIn(person) {
  menus.person.value = person ?? ''
  element('copy').hidden = !menus.person.value
  sessionStorage.setItem('vardgraf:person', menus.person.value)
}

const kinds = { PATIENT: 'Residents', STAFF: 'Care staff', WITHOUT_EID: 'Without e-ID' }

async function fillPersons() {
  const { persons } = await (await fetch(`${config.loginUrl}/persons`)).json()
  menus.person.add(new Option('nobody (no token)', ''))
  for (const [kind, label] of Object.entries(kinds)) {
    const group = document.createElement('optgroup')
    group.label = label
    for (const { key, name, en } of persons.filter((each) => each.kind === kind))
      group.append(new Option(`${key}: ${name}, ${en}`, key))
    menus.person.add(group)
  }
  menus.person.onchange = () => logIn(menus.person.value)
  element('login').hidden = false
}

// The examples, and the values that one takes from another's answer

/** Shared between windows, so that one can be the patient and another the nurse. */
const carried = {
  get: () => JSON.parse(localStorage.getItem('vardgraf:carried') ?? '{}'),
  keep(data) {
    const before = carried.get()
    const after = carriedOn(before, gifts, data)
    localStorage.setItem('vardgraf:carried', JSON.stringify(after))
    const news = Object.keys(after).filter((name) => after[name] !== before[name])
    say(news.length > 0 ? `Kept for the examples to come: ${news.join(', ')}.` : '')
  },
}
const gifts = examples.flatMap(({ gives }) => gives)

const editor = (name) => monaco.editor.getEditors().find((each) => each.getModel()?.uri.path.endsWith(name))

/** Replaces the text of an editor; Ctrl-Z undoes it. */
function write(name, text) {
  const target = editor(name)
  target.pushUndoStop()
  target.executeEdits('example', [{ range: target.getModel().getFullModelRange(), text }])
  target.pushUndoStop()
  target.setScrollPosition({ scrollTop: 0, scrollLeft: 0 })
}

const variablesOf = ({ takes }) => {
  const { variables, missing } = filledIn(takes, carried.get(), () => crypto.randomUUID())
  return { text: takes.length > 0 ? JSON.stringify(variables, null, 2) : '', missing }
}

function open(example) {
  run.endStream()
  // The user's own text stays in its own tab.
  const current = editor('operation.graphql').getValue()
  if (current.trim() && !exampleOf(current)) document.querySelector('.graphiql-tab-add').click()
  const { text, missing } = variablesOf(example)
  write('operation.graphql', example.query)
  write('variables.json', text)
  editor('response.json').setValue('')
  logIn(example.person)
  say(missing.map(reasonFor).join(' '))
  show(example)
}

function reasonFor(name) {
  const giver = examples.find(({ gives }) => gives.some((gift) => gift.name === name))
  return giver ? `${name} is empty: run ${giver.number} ${giver.title} first, then choose this again.` : `Give ${name} a value.`
}

const exampleOf = (query) => examples.find((each) => each.query === query)

function show(example) {
  const index = examples.indexOf(example)
  menus.example.value = example?.number ?? ''
  element('previous').disabled = index <= 0
  element('next').disabled = index === examples.length - 1
}

function step(by) {
  const at = examples.findIndex(({ number }) => number === menus.example.value)
  const example = examples[at + by]
  if (example) open(example)
}

function fillExamples() {
  const own = new Option('your own', '')
  own.hidden = true
  menus.example.add(own)
  for (const { number, title, kind } of examples) menus.example.add(new Option(`${number} ${title} (${kind})`, number))
  menus.example.onchange = () => open(examples.find(({ number }) => number === menus.example.value))
  element('previous').onclick = () => step(-1)
  element('next').onclick = () => step(1)
  element('story').hidden = false
}

/** The tab where GraphiQL was left, and opens again. */
const left = JSON.parse(localStorage.getItem('graphiql:tabState') ?? 'null')

let activeTab = left?.activeTabIndex ?? 0
function tabChanged({ tabs, activeTabIndex }) {
  if (activeTabIndex === activeTab) return
  activeTab = activeTabIndex
  const example = exampleOf(tabs[activeTab]?.query)
  show(example)
  if (example) logIn(example.person)
}

// The rest of the bar

element('copy').onclick = async () => {
  try {
    await navigator.clipboard.writeText(await token())
    say(`A token for ${menus.person.value} is copied; it is good for 30 minutes.`)
  } catch (error) {
    say(String(error.message ?? error))
  }
}
element('reset').onclick = () => {
  for (const key of Object.keys(localStorage)) if (/^(graphiql|vardgraf):/.test(key)) localStorage.removeItem(key)
  sessionStorage.removeItem('vardgraf:person')
  location.href = location.pathname
}
menus.language.value = localStorage.getItem('vardgraf:language') ?? (/^sv\b/i.test(navigator.language) ? 'sv' : 'en')
menus.language.onchange = () => localStorage.setItem('vardgraf:language', menus.language.value)

// GraphiQL

function loadGraphiQL() {
  self.MonacoEnvironment = { globalAPI: true, getWorkerUrl: (_, label) => `/graphiql/${label}.worker.js` }
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/graphiql/graphiql.js'
    script.onload = resolve
    script.onerror = reject
    document.head.append(script)
  })
}

// The comments of the examples are read in the left half, unless the user has moved the border.
localStorage.setItem('graphiql:editorFlex', localStorage.getItem('graphiql:editorFlex') ?? '1.25')

const run = runner(new URL('/graphql', location.href), identity, carried.keep)

if (config.loginUrl) {
  await fillPersons().catch(() => say('The test e-ID does not answer: everything runs without a login.'))
  fillExamples()
}
await loadGraphiQL()
const [first] = examples
show(left ? exampleOf(left.tabs[activeTab]?.query) : first)
logIn(sessionStorage.getItem('vardgraf:person') ?? first?.person)
// GraphiQL stores the user's text. The query that it adds to the address would open a second tab at the next visit.
history.replaceState({}, '', location.pathname)
globalThis.YogaGraphiQL.renderYogaGraphiQL(element('root'), {
  title: 'Vårdgraf',
  logo: '<img src="/graphiql/icon.svg" width="28" height="28" alt="" />',
  fetcher: run.fetcher,
  ...(first && { defaultTabs: [{ query: first.query, variables: variablesOf(first).text }] }),
  defaultEditorToolsVisibility: 'variables',
  onTabChange: tabChanged,
  onEditQuery: (query) => show(exampleOf(query)),
  shouldPersistHeaders: false,
})
// Tab moves to the next control instead of indenting, so that a user without a mouse can leave the editor.
monaco.editor.onDidCreateEditor((each) => each.updateOptions({ tabFocusMode: true, wordWrap: 'on', wrappingIndent: 'indent' }))
