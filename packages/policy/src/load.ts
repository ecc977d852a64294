import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GraphError } from '@vardgraf/errors'
import { SettingsError } from '@vardgraf/process'
import { localDate } from '@vardgraf/time'
import { z } from 'zod'
import { sourceInWords } from './figure.js'
import { type Policy, packFileShape, policyShape } from './pack.js'

/** The packs that ship with the platform. */
export const defaultPolicyDir = fileURLToPath(new URL('../packs', import.meta.url))

/** The setting of every process that uses the policy: a folder with one `<region>.json` for each region. */
export const policySettings = { POLICY_DIR: z.string().min(1).default(defaultPolicyDir) }

/** A pack is missing or wrong. The process ends with this message, which names file and path of each fault. */
export class PolicyError extends SettingsError {
  override name = 'PolicyError'
}

/**
 * No policy of a region is in force on a date: the region has no pack, or its first version begins later. The first version is never used
 * for an earlier date: its fees and deadlines could be wrong then.
 */
export class PolicyNotInForce extends GraphError {
  override name = 'PolicyNotInForce'
  constructor(problem: string, details: { region: string; date: string; validFrom?: string }) {
    super('POLICY_NOT_IN_FORCE', details)
    this.message = problem
  }
}

/** The policies of all regions, by date. */
export interface Policies {
  /** Regions that have a pack, in alphabetical order. */
  readonly regions: readonly string[]
  /** The policy in force in a region on the local date of an instant.
   *  @throws PolicyNotInForce when the region has no pack, or its first version begins later. */
  policyFor(region: string, at: Date): Policy
}

/**
 * Reads and validates every pack in a folder, once, when the process starts.
 * @throws PolicyError naming file and path of every fault in all files.
 */
export function loadPolicies(dir: string = defaultPolicyDir): Policies {
  const files = listPacks(dir)
  const problems: string[] = []
  const byRegion = new Map<string, readonly Policy[]>()
  for (const file of files) {
    const read = readPack(join(dir, file))
    if ('problems' in read) problems.push(...read.problems)
    else byRegion.set(basename(file, '.json'), read.versions)
  }
  if (problems.length > 0) throw new PolicyError(`The policy packs are not right:\n${problems.map((p) => `  ${p}`).join('\n')}`)
  return { regions: [...byRegion.keys()].sort(), policyFor: (region, at) => inForce(byRegion, region, at) }
}

function inForce(byRegion: ReadonlyMap<string, readonly Policy[]>, region: string, at: Date): Policy {
  const versions = byRegion.get(region)
  const date = localDate(at)
  if (!versions) throw new PolicyNotInForce(`no policy pack for the region ${region}`, { region, date })
  const policy = versions.findLast(({ validFrom }) => validFrom <= date)
  if (policy) return policy
  const [earliest] = versions
  const details = { region, date, ...(earliest && { validFrom: earliest.validFrom }) }
  throw new PolicyNotInForce(`the policy pack of ${region} begins after ${date}`, details)
}

function listPacks(dir: string): string[] {
  try {
    const files = readdirSync(dir).filter((file) => file.endsWith('.json'))
    if (files.length > 0) return files.sort()
  } catch (error) {
    throw new PolicyError(`POLICY_DIR: the folder ${dir} cannot be read`, { cause: error })
  }
  throw new PolicyError(`POLICY_DIR: there is no <region>.json in ${dir}`)
}

function readPack(path: string): { versions: readonly Policy[] } | { problems: string[] } {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return { problems: [`${path}: is not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
  const file = packFileShape.safeParse(json)
  if (!file.success) return { problems: problemsOf(path, file.error) }
  const { versions, ...head } = file.data
  if (head.region !== basename(path, '.json'))
    return { problems: [`${path}: region: the file is named after its region, which is ${head.region}`] }
  const policies: Policy[] = []
  for (const [index, version] of versions.entries()) {
    // A version holds only the sections that change; the others stay as in the version before.
    const policy = policyShape.safeParse({ ...policies.at(-1), ...head, ...version })
    if (!policy.success) return { problems: problemsOf(path, policy.error, `versions.${index}.`) }
    policies.push(policy.data)
  }
  return { versions: policies.map(sourcesInWords) }
}

/** People see the sources of a loaded pack, so the marks are replaced by words. */
const sourcesInWords = (policy: Policy): Policy =>
  JSON.parse(JSON.stringify(policy), (key, value) => (key === 'source' ? sourceInWords(value) : value))

function problemsOf(path: string, error: z.ZodError, prefix = ''): string[] {
  return error.issues.map((issue) => `${path}: ${prefix}${issue.path.join('.') || '(the file)'}: ${issue.message}`)
}
