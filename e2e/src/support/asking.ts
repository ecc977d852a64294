import type { SubgraphName } from '@vardgraf/manifest'
import { localId } from '@vardgraf/relay'
import { signedViewer, type TestGraph } from '@vardgraf/testing'
import type { Viewer } from '@vardgraf/viewer'
import { decodeJwt } from 'jose'

export interface Operation {
  query: string
  variables?: Record<string, unknown>
}

/** An answer as it was received. */
export interface Reply {
  status: number
  /** Without the date and the request's id. */
  headers: Record<string, string>
  body: string
}

export async function post(url: string, headers: Record<string, string>, operation: Operation): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify(operation),
  })
  const { date: _, 'x-request-id': __, ...told } = Object.fromEntries(response.headers)
  return { status: response.status, headers: told, body: await response.text() }
}

/** Asks the gateway as a test person, and the subgraphs as the viewer that the gateway would make of her. `null` is an anonymous viewer. */
export class Asking {
  private readonly tokens = new Map<string, Promise<string>>()
  private readonly viewers = new Map<string, Promise<Viewer>>()
  private aheadMs: Promise<number> | undefined
  /** Every answer so far. */
  readonly bodies: string[] = []

  constructor(readonly graph: TestGraph) {}

  async gateway(person: string | null, operation: Operation): Promise<Reply> {
    return this.kept(await post(this.graph.url, await this.authorization(person), operation))
  }

  async subgraph(name: SubgraphName, person: string | null, operation: Operation): Promise<Reply> {
    const headers = await signedViewer(name, await this.viewer(person), await this.now())
    return this.kept(await post(`${this.graph.address(name)}/graphql`, headers, operation))
  }

  async authorization(person: string | null): Promise<Record<string, string>> {
    return person === null ? {} : { authorization: `Bearer ${await this.token(person)}` }
  }

  token(person: string): Promise<string> {
    const known = this.tokens.get(person) ?? this.graph.token(person)
    this.tokens.set(person, known)
    return known
  }

  viewer(person: string | null): Promise<Viewer> {
    if (person === null) return Promise.resolve({ kind: 'ANONYMOUS' })
    const known = this.viewers.get(person) ?? this.makeViewer(person)
    this.viewers.set(person, known)
    return known
  }

  /** Forgets logins and the time, after the clock was moved. */
  logInAnew(): void {
    this.tokens.clear()
    this.viewers.clear()
    this.aheadMs = undefined
  }

  /** The sandbox's clock, exact enough for tokens that are valid for seconds. */
  async now(): Promise<Date> {
    this.aheadMs ??= this.graph.clock.now().then((now) => now.getTime() - Date.now())
    return new Date(Date.now() + (await this.aheadMs))
  }

  /** Id of a test person within the patients subgraph. */
  async personId(person: string): Promise<string> {
    const viewer = await this.viewer(person)
    if (viewer.kind !== 'PATIENT') throw new Error(`${person} is no patient`)
    return viewer.personId
  }

  private async makeViewer(person: string): Promise<Viewer> {
    const { exp: sessionExpiresAt = 0, ...claims } = decodeJwt<Record<string, string>>(await this.token(person))
    const { employeeHsaId: staffId, healthCareUnitHsaId: unitId } = claims
    if (staffId && unitId) return { kind: 'STAFF', staffId, unitId, role: claims.role as 'NURSE', sessionExpiresAt }
    const { data } = await this.graph.query<{ me: { patient: { id: string } } }>({
      query: '{ me { patient { id } } }',
      as: person,
    })
    const personId = localId(data?.me.patient.id ?? '', 'Patient')
    if (!personId) throw new Error(`no test person ${person}`)
    return { kind: 'PATIENT', personId, sessionExpiresAt }
  }

  private kept(reply: Reply): Reply {
    this.bodies.push(reply.body)
    return reply
  }
}
