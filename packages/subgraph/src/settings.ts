import { processSettings } from '@vardgraf/process'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

/** Settings that every subgraph has. URLs are bases without a path: `http://host:port`. */
export const subgraphSettings = {
  ...processSettings,
  PORT: port,
  /** This process's private Ed25519 key as a JWK, or `@file`. */
  SERVICE_KEY: z.string(),
  /** The public keys of all processes as a JWKS, or `@file`. */
  TRUSTED_KEYS: z.string(),
  /** `postgresql://…` of the platform's database; each subgraph keeps to its own schema in it. */
  DATABASE_URL: z.string().startsWith('postgres'),
  PATIENTS_URL: z.url(),
  VISITS_URL: z.url(),
  MESSAGING_URL: z.url(),
  FACTS_DEADLINE_MS: z.coerce.number().int().min(50).max(10_000).default(800),
  INTROSPECTION: z
    .enum(['true', 'false'])
    .default('true')
    .transform((value) => value === 'true'),
}
export type SubgraphSettings = z.infer<z.ZodObject<typeof subgraphSettings>>
