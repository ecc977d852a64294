import { z } from 'zod'

/** A setting that is missing or wrong; the message names each one and never prints a value. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** Settings that every process has. */
export const processSettings = {
  /** Production unless told otherwise: strict checks are switched off only on request. */
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  SANDBOX_CLOCK_URL: z.url().optional(),
}

/** True unless NODE_ENV says development or test. */
export const inProduction = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.NODE_ENV !== 'development' && env.NODE_ENV !== 'test'

/**
 * Reads the environment once, validated; unknown variables are ignored, and an empty one counts as missing.
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function readSettings<S extends z.ZodRawShape>(shape: S, env: NodeJS.ProcessEnv = process.env): z.infer<z.ZodObject<S>> {
  refuseSandboxInProduction(env)
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.')
    return `  ${name}: ${given[name] === undefined ? 'is missing' : message}`
  })
  throw new SettingsError(`The environment is not complete:\n${problems.join('\n')}`)
}

/** Production refuses any setting of the sandbox, whatever its value: all of them are named SANDBOX_…. */
function refuseSandboxInProduction(env: NodeJS.ProcessEnv): void {
  if (!inProduction(env)) return
  const found = Object.keys(env).filter((name) => name.startsWith('SANDBOX_'))
  if (found.length > 0)
    throw new SettingsError(
      `Production does not start with sandbox settings: ${found.join(', ')} (elsewhere say NODE_ENV=development)`,
    )
}

/** An integer from the environment within bounds, with a default. */
export const integer = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback)

/** The base address of another process: `http://host:port`. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an address such as http://host:port' })

/** A switch: only `true` and `false` are accepted. */
export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true')
