// Runs operations for GraphiQL: queries and mutations over HTTP, subscriptions over graphql-transport-ws.

const shownEvents = 20

/**
 * @param endpoint URL of the graph
 * @param identity gives `{ authorization, language }` for the next request
 * @param answered is told the data of each answer that is no event
 */
export function runner(endpoint, identity, answered) {
  let endStream = () => {}

  async function overHttp(params, headers) {
    const { authorization, language } = await identity()
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-language': language,
        ...(authorization && { authorization }),
        ...headers,
      },
      body: JSON.stringify(params),
    })
    const answer = await response.json()
    if (params.operationName !== 'IntrospectionQuery') answered(answer.data)
    return answer
  }

  /** One subscription on a socket of its own. GraphiQL shows what came last and nothing else: each time it gets the latest events. */
  async function* overWebSocket(payload, headers) {
    const { authorization, language } = await identity()
    const socket = new WebSocket(endpoint.href.replace(/^http/, 'ws'), 'graphql-transport-ws')
    const queue = []
    const events = []
    let received = 0
    let wake = () => {}
    const push = (item) => {
      queue.push(item)
      wake()
    }
    endStream = () => push({ end: true })
    const send = (message) => socket.send(JSON.stringify(message))
    socket.onopen = () =>
      send({
        type: 'connection_init',
        payload: { ...(authorization && { authorization }), acceptLanguage: language, ...headers },
      })
    socket.onclose = ({ code, reason }) => push({ end: code === 1000 ? true : new Error(`the stream ended: ${code} ${reason}`) })
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
        if (item.value) {
          received += 1
          events.unshift(item.value)
          events.splice(shownEvents)
          yield { received, newestFirst: [...events] }
        }
        if (item.end instanceof Error) throw item.end
        if (item.end) return
      }
    } finally {
      socket.close(1000)
    }
  }

  return {
    fetcher(params, { headers = {}, documentAST } = {}) {
      return isSubscription(params, documentAST) ? overWebSocket(params, headers) : overHttp(params, headers)
    },
    /** Ends the stream that is running, if one is. */
    endStream: () => endStream(),
  }
}

/** Whether the operation that will run is a subscription. */
function isSubscription({ query, operationName }, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition')
  if (operations.length === 0) return /^\s*subscription\b/m.test(query)
  const chosen = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0]
  return chosen?.operation === 'subscription'
}
