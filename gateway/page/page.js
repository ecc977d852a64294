// The page at `/`: GraphiQL, which the server sends along, with a login menu for the sandbox's test persons.

const config = JSON.parse(document.getElementById('config').textContent)
const endpoint = new URL('/graphql', location.href)
const personMenu = document.getElementById('person')
const state = document.getElementById('state')

/** Who is logged in; a token is fetched anew a minute before it ends. */
const login = {
  person: '',
  token: '',
  expiresAt: 0,
  async authorization() {
    if (!this.person) return undefined
    if (Date.now() > this.expiresAt - 60_000) await this.fetch()
    return `Bearer ${this.token}`
  },
  async fetch() {
    const response = await fetch(`${config.loginUrl}/token?person=${encodeURIComponent(this.person)}`)
    if (!response.ok) throw new Error(`no token for ${this.person}: the test e-ID answered ${response.status}`)
    const { access_token: token, expires_in: seconds } = await response.json()
    this.token = token
    this.expiresAt = Date.now() + seconds * 1000
  },
  async become(person) {
    this.person = person
    this.token = ''
    this.expiresAt = 0
    personMenu.value = person
    document.getElementById('copy').hidden = !person
    sessionStorage.setItem('person', person)
    try {
      await this.authorization()
      say('')
    } catch (error) {
      say(String(error.message ?? error))
    }
  },
}

function say(text) {
  state.textContent = text
}

async function overHttp(params, headers) {
  const authorization = await login.authorization()
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(authorization && { authorization }),
      ...headers,
    },
    body: JSON.stringify(params),
  })
  return response.json()
}

/** One subscription over graphql-transport-ws, as an async iterable that GraphiQL reads. */
async function* overWebSocket(payload, headers) {
  const authorization = await login.authorization()
  const socket = new WebSocket(endpoint.href.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const queue = []
  let wake = () => {}
  const push = (item) => {
    queue.push(item)
    wake()
  }
  const send = (message) => socket.send(JSON.stringify(message))
  socket.onopen = () => send({ type: 'connection_init', payload: { ...(authorization && { authorization }), ...headers } })
  socket.onclose = ({ code, reason }) =>
    push({ end: code === 1000 ? undefined : new Error(`the stream ended: ${code} ${reason}`) })
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload })
    else if (message.type === 'ping') send({ type: 'pong' })
    else if (message.type === 'next') push({ value: message.payload })
    else if (message.type === 'error') push({ value: { errors: message.payload }, end: true })
    else if (message.type === 'complete') push({ end: true })
  }
  try {
    for (;;) {
      const item = queue.shift()
      if (!item) {
        await new Promise((resolve) => {
          wake = resolve
        })
        continue
      }
      if (item.value) yield item.value
      if (item.end instanceof Error) throw item.end
      if ('end' in item) return
    }
  } finally {
    socket.close(1000)
  }
}

/** Whether the operation that will run is a subscription. */
function isSubscription({ query, operationName }, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter((d) => d.kind === 'OperationDefinition')
  if (operations.length === 0) return /^\s*subscription\b/m.test(query)
  const chosen = operationName ? operations.find((d) => d.name?.value === operationName) : operations[0]
  return chosen?.operation === 'subscription'
}

function fetcher(params, options) {
  const headers = options?.headers ?? {}
  return isSubscription(params, options?.documentAST) ? overWebSocket(params, headers) : overHttp(params, headers)
}

/** An example says with `# as: key` whose login it is written for. */
const asked = /^# as: ([\w-]+)/m
let activeTab = -1
function tabChanged({ tabs, activeTabIndex }) {
  if (activeTabIndex === activeTab) return
  activeTab = activeTabIndex
  const person = asked.exec(tabs[activeTabIndex]?.query ?? '')?.[1]
  if (person && config.loginUrl && person !== login.person) login.become(person)
}

async function fillLoginMenu() {
  const { persons } = await (await fetch(`${config.loginUrl}/persons`)).json()
  for (const { key, name, en } of persons) personMenu.add(new Option(`${key} – ${name}, ${en}`, key))
  personMenu.onchange = () => login.become(personMenu.value)
  document.getElementById('login').hidden = false
}

document.getElementById('copy').onclick = async () => {
  await login.authorization()
  await navigator.clipboard.writeText(login.token)
  say('The token is copied.')
}
document.getElementById('reset').onclick = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql:')) localStorage.removeItem(key)
  location.href = location.pathname
}

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => `/graphiql/${label}.worker.js`,
}

if (config.loginUrl) {
  try {
    await fillLoginMenu()
    await login.become(sessionStorage.getItem('person') ?? asked.exec(config.examples[0]?.query ?? '')?.[1] ?? '')
  } catch {
    say('The test e-ID does not answer: without a login.')
  }
}

// GraphiQL keeps what one writes; the query in the address, which it adds, would open once more at the next visit.
history.replaceState({}, '', location.pathname)
globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: 'Vårdgraf',
  logo: '<img src="/graphiql/icon.svg" width="28" height="28" alt="" />',
  fetcher,
  defaultTabs: config.examples.map(({ query, variables }) => ({ query, variables })),
  onTabChange: tabChanged,
  shouldPersistHeaders: false,
})
