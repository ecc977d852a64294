// The clients, in a process of their own: a fixed number of connections, each sends its next request when the last is answered.
import { Pool } from 'undici'
import { query, variablesOf } from './graph.mjs'

/** Durations in ms of the measured requests, and the wall time. */
async function run({ url, count, offset, connections, tokens }) {
  const pool = new Pool(new URL(url).origin, { connections })
  const durations = new Float64Array(count)
  let next = 0
  let bad = null
  const client = async () => {
    while (next < count && !bad) {
      const n = next++
      const body = JSON.stringify({ query, variables: variablesOf(offset + n), operationName: 'Bench' })
      const started = performance.now()
      const answer = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${tokens[n]}` },
        body,
      })
      const text = await answer.body.text()
      durations[n] = performance.now() - started
      if (answer.statusCode !== 200 || text.includes('"errors"') || text.length < 1_500)
        bad = `${answer.statusCode} ${text.slice(0, 500)}`
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, client))
  const wallMs = performance.now() - started
  await pool.close()
  if (bad) throw new Error(`the answer is not right: ${bad}`)
  const sorted = durations.sort()
  return { wallMs, p50: sorted[Math.floor(count * 0.5)], p99: sorted[Math.floor(count * 0.99)] }
}

process.on('message', (job) => {
  run(job).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.message }),
  )
})
process.on('disconnect', () => process.exit())
