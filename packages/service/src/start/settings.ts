import { type FactOwner, factOwners, urlSetting } from '@vardgraf/manifest'
import { flag, httpUrl, integer, processSettings } from '@vardgraf/process'
import { z } from 'zod'
import { poolSettings } from '../database/pools.js'

const port = z.coerce.number().int().min(0).max(65_535)

/** An address of PostgreSQL. */
export const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'is not an address such as postgresql://user:password@host:port/database',
})

/** Sizes of the pools where nothing else is said. */
export const poolDefaults = z.object(poolSettings).parse({})

/** `PATIENTS_URL` and so on: where the owners of facts are. */
type FactUrls = { [N in FactOwner as ReturnType<typeof urlSetting<N>>]: typeof httpUrl }
const factUrls = Object.fromEntries(factOwners.map((name) => [urlSetting(name), httpUrl])) as FactUrls

/** Settings that every subgraph has. URLs are bases without a path: `http://host:port`. */
export const subgraphSettings = {
  ...processSettings,
  PORT: port,
  /** This process's private Ed25519 key as a JWK, or `@file`. */
  SERVICE_KEY: z.string(),
  /** The public keys of all processes as a JWKS, or `@file`. */
  TRUSTED_KEYS: z.string(),
  /** Secret keys of cursors as a JWKS, or `@file`: the same for every replica; the first seals, all open. */
  CURSOR_KEYS: z.string(),
  /** `postgresql://…` of the platform's database, with a login that has this subgraph's role and no more. */
  DATABASE_URL: databaseUrl,
  ...poolSettings,
  ...factUrls,
  FACTS_DEADLINE_MS: integer(800, 50, 10_000),
  /** Of an event of a live stream as sent; below what a gateway lets wait for one client (4 MiB) and reads at all (16 MiB). */
  MAX_EVENT_BYTES: integer(2_097_152, 1_024, 4_194_304),
  /** Of an answer over HTTP; below what a gateway reads (`SUBGRAPH_MAX_RESPONSE_BYTES`, 16 MB). */
  MAX_ANSWER_BYTES: integer(8_000_000, 1_024, 16_000_000),
  /** Longest time of one statement in the database. */
  STATEMENT_TIMEOUT_MS: integer(5_000, 100, 120_000),
  /** Whether the subgraph's own schema can be read; composition reads the committed one. */
  INTROSPECTION: flag(false),
}
export type SubgraphSettings = z.infer<z.ZodObject<typeof subgraphSettings>>
