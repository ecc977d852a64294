// npm run gateway: the gateway alone, on this machine. Production starts gateway/dist/index.js itself.
// What is wrong with how it was called is said before anything is installed or built.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { listenerOf, obstacleAt } from '../packages/supervisor/src/ports.mjs'
import { fail, handOver, load, onRuntime, prepare } from './prepare.mjs'

const usage = 'npm run gateway -- [--supergraph FILE] [--port N] [--insecure-no-auth]'
const highestPort = 65_535

if (process.env.VARDGRAF_PREPARED !== 'true') {
  const problems = await problemsOf(optionsOf(process.argv.slice(2)), process.env)
  if (problems.length > 0) fail([...problems, `usage: ${usage}; every setting is in docs/configuration.md`].join('\n'))
  await prepare()
}
process.env.NODE_ENV ??= 'development'
if (onRuntime()) await load('gateway/dist/index.js')
else handOver(fileURLToPath(import.meta.url))

function optionsOf(args) {
  try {
    const options = { supergraph: { type: 'string' }, port: { type: 'string' }, 'insecure-no-auth': { type: 'boolean' } }
    return parseArgs({ args, options }).values
  } catch (error) {
    return fail(`${error.message.split('. ')[0]}\nusage: ${usage}`)
  }
}

/** A line for each thing that keeps the gateway from starting. */
async function problemsOf(options, env) {
  const needed = options['insecure-no-auth'] ? [] : ['OIDC_ISSUER', 'SERVICE_KEY']
  return [
    ...needed.filter((name) => !env[name]).map((name) => `${name} is missing (without any login: --insecure-no-auth)`),
    ...(await problemsOfPort(options.port ?? env.PORT ?? '4000', options.port === undefined ? 'PORT' : '--port')),
    ...problemsOfFile(
      options.supergraph ?? env.SUPERGRAPH_FILE ?? 'supergraph.graphql',
      options.supergraph === undefined ? 'SUPERGRAPH_FILE' : '--supergraph',
    ),
  ]
}

async function problemsOfPort(text, name) {
  const port = Number(text)
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > highestPort)
    return [`${name} must be a port from 0 (any free one) to ${highestPort}`]
  const obstacle = port === 0 ? null : await obstacleAt(port)
  if (obstacle === 'FORBIDDEN') return [`port ${port} is not this user's to listen on: set ${name} to another port`]
  const holder = obstacle && listenerOf(port)
  return obstacle ? [`port ${port} is taken${holder ? ` by ${holder}` : ''}: end it, or set ${name} to another port`] : []
}

function problemsOfFile(file, name) {
  if (!existsSync(file)) return [`${name}: there is no file ${file}`]
  return readFileSync(file, 'utf8').includes('join__Graph')
    ? []
    : [`${name}: ${file} is not a supergraph; npm run schema writes supergraph.graphql`]
}
