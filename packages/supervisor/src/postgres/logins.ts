import { type DatabaseService, databaseRole } from '@vardgraf/manifest'
import pg from 'pg'

export type DatabaseUrls = Record<DatabaseService, string>

export interface LoginOptions {
  /** What the logins' names begin with. Logins belong to the whole server, not to one database. */
  prefix: string
  /** Null where the server trusts whoever connects. */
  password: string | null
}

/**
 * Gives each service a login with the role that its migration has made (`vardgraf_<service>`), and returns the addresses. The login of
 * `ownerUrl` must be allowed to make roles and to grant those. Safe to run again: the logins then have the new password.
 */
export async function makeLogins<S extends DatabaseService>(
  ownerUrl: string,
  services: readonly S[],
  options: LoginOptions,
): Promise<Record<S, string>> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const urls = []
    for (const service of services) {
      const name = `${options.prefix}_login_${service}`
      await makeLogin(client, name, databaseRole(service), options.password)
      urls.push([service, addressOf(ownerUrl, name, options.password)])
    }
    return Object.fromEntries(urls) as Record<S, string>
  } finally {
    await client.end()
  }
}

async function makeLogin(client: pg.Client, name: string, role: string, password: string | null): Promise<void> {
  const login = pg.escapeIdentifier(name)
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  if (rowCount === 0) await client.query(`CREATE ROLE ${login} LOGIN`).catch(unlessSomebodyElseDid)
  if (password !== null) await client.query(`ALTER ROLE ${login} PASSWORD ${pg.escapeLiteral(password)}`)
  const { rows } = await client.query<{ has: boolean }>(`SELECT pg_has_role($1, $2, 'MEMBER') AS has`, [name, role])
  if (!rows[0]?.has) await client.query(`GRANT ${role} TO ${login}`).catch(unlessSomebodyElseDid)
}

/** The role or the membership is there already: another process made it in the same moment. */
const MADE_ALREADY = ['42710', '23505']

function unlessSomebodyElseDid(error: { code?: string }): void {
  if (!MADE_ALREADY.includes(error.code ?? '')) throw error
}

function addressOf(ownerUrl: string, login: string, password: string | null): string {
  const url = new URL(ownerUrl)
  if (url.host) Object.assign(url, { username: login, password: password ?? '' })
  else {
    // The address of a Unix socket has its host among the parameters, and the user as well.
    url.searchParams.set('user', login)
    if (password !== null) url.searchParams.set('password', password)
  }
  return url.href
}
