// The ports of `npm start` and the variables that move them. Needs no package and no build,
// so that what is wrong with them is told before anything is installed.
import { fileURLToPath } from 'node:url'
// By its path: before an install no package has a name.
import { standardPorts } from '../../../manifest/src/services.mjs'
import { commandAt, listenerOf, obstacleAt } from '../ports.mjs'

/** @typedef {keyof typeof standard} PortName */

/** Each follows the gateway's, which `VARDGRAF_PORT` moves. */
export const standard = Object.freeze({ ...standardPorts, postgres: 4010 })
const names = /** @type {PortName[]} */ (Object.keys(standard))
const highest = 65_535

/** Ports that browsers and Node's fetch refuse to speak HTTP with: the list of bad ports in WHATWG's Fetch standard. */
export const refused = new Set([
  ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111],
  ...[113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548],
  ...[554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665],
  ...[6666, 6667, 6668, 6669, 6679, 6697, 10_080],
])

/** The variable that moves one port alone. */
export const variableOf = (/** @type {PortName} */ name) => `VARDGRAF_PORT_${name.toUpperCase()}`

/**
 * One port: from its own variable, or at its standard distance from `VARDGRAF_PORT`.
 * @param {PortName} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {number}
 * @throws Error naming the variable
 */
export function portOf(name, env) {
  const own = env[variableOf(name)]
  if (own !== undefined) return parse(variableOf(name), own)
  const base = parse('VARDGRAF_PORT', env.VARDGRAF_PORT ?? String(standard.gateway))
  const port = base + standard[name] - standard.gateway
  if (port > highest) throw new Error(`VARDGRAF_PORT is too high: a port that follows ${base} would pass ${highest}`)
  return port
}

/**
 * @param {NodeJS.ProcessEnv} env with `VARDGRAF_DATABASE_URL` no port is needed for PostgreSQL
 * @returns {Partial<Record<PortName, number>>}
 * @throws Error with everything that is wrong, a line each: no port, one twice, or one that browsers refuse
 */
export function portsOf(env) {
  /** @type {Partial<Record<PortName, number>>} */
  const ports = {}
  const problems = new Set()
  for (const name of names) {
    if (name === 'postgres' && env.VARDGRAF_DATABASE_URL) continue
    try {
      const port = portOf(name, env)
      const first = names.find((other) => ports[other] === port)
      if (first) problems.add(`port ${port} is wanted twice, by ${first} and ${name}: ${howToMove(name)}`)
      else if (refused.has(port) && name !== 'postgres')
        problems.add(`port ${port} (${name}) is one that browsers refuse to open: ${howToMove(name)}`)
      ports[name] = port
    } catch (error) {
      problems.add(/** @type {Error} */ (error).message)
    }
  }
  if (problems.size > 0) throw new Error([...problems].join('\n'))
  return ports
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @throws Error with everything that keeps the ports from being listened on, a line each, and by whom
 */
export async function checkPorts(env) {
  const problems = []
  for (const [name, port] of /** @type {[PortName, number][]} */ (Object.entries(portsOf(env)))) {
    const obstacle = await obstacleAt(port)
    if (obstacle === 'FORBIDDEN') problems.push(`port ${port} (${name}) is not this user's to listen on: ${howToMove(name)}`)
    if (obstacle !== 'TAKEN') continue
    const holder = listenerOf(port)
    if (name === 'gateway' && holder && isOurs(port))
      throw new Error(
        `Vårdgraf runs from this folder already: it is at http://localhost:${port}/, and Ctrl-C stops it where it was started`,
      )
    problems.push(`port ${port} (${name}) is taken${holder ? ` by ${holder}` : ''}: end it, or ${howToMove(name)}`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** Whether this folder's own gateway listens there. */
const isOurs = (/** @type {number} */ port) =>
  commandAt(port)?.includes(fileURLToPath(new URL('../../../../gateway/dist/index.js', import.meta.url))) ?? false

const howToMove = (/** @type {PortName} */ name) => `set ${variableOf(name)} to another port (VARDGRAF_PORT moves them all)`

/**
 * @param {string} variable
 * @param {string} text
 */
function parse(variable, text) {
  const port = Number(text)
  if (text.trim() === '' || !Number.isInteger(port) || port < 1 || port > highest)
    throw new Error(`${variable} must be a port from 1 to ${highest}`)
  return port
}
