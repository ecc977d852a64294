import { KeyObject, sign } from 'node:crypto'
import { type CryptoKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { keyOf, type SigningKey } from './keys.js'

/** The HTTP header, and the key in graphql-ws payloads' `extensions`, that carries the signed viewer. */
export const VIEWER_HEADER = 'vardgraf-viewer'
const TYP = 'vardgraf-viewer+jwt'
/**
 * Long enough for the wait for a connection to the subgraph (5 s); it is checked when the request arrives, not when it is answered.
 * Until then a stolen token can be replayed at the same subgraph, and at no other.
 */
export const VIEWER_LIFETIME_SECONDS = 15
/** Clocks of two machines may differ by this much. */
const SKEW_SECONDS = 5
/** The one subgraph that a viewer is signed for. */
const audienceOf = (service: string): string => `vardgraf:${service}`

export const staffRoles = ['NURSE', 'DOCTOR', 'YOUTH_COUNSELLOR', 'CHILD_HEALTH_NURSE', 'UNIT_ADMINISTRATOR'] as const
export type StaffRole = (typeof staffRoles)[number]

/** Who asks, as the gateway established it. Nothing here comes from a header that a client can set. */
const viewerShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ANONYMOUS') }),
  z.object({ kind: z.literal('PATIENT'), personId: z.string(), sessionExpiresAt: z.number() }),
  z.object({
    kind: z.literal('STAFF'),
    staffId: z.string(),
    /** HSA-id of the unit of the assignment (medarbetaruppdrag) she logged in with. */
    unitId: z.string(),
    role: z.enum(staffRoles),
    sessionExpiresAt: z.number(),
  }),
])
/** `sessionExpiresAt` is in epoch seconds: when the e-ID login ends, and every live stream with it. */
export type Viewer = z.infer<typeof viewerShape>
export type PatientViewer = Extract<Viewer, { kind: 'PATIENT' }>
export type StaffViewer = Extract<Viewer, { kind: 'STAFF' }>

/** Signs the viewer for one subgraph: every other refuses it. */
export function signViewer(viewer: Viewer, subgraph: string, key: SigningKey, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000)
  const claims = { viewer, aud: audienceOf(subgraph), iat, exp: iat + VIEWER_LIFETIME_SECONDS }
  const { header, privateKey } = preparedKey(key)
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  // node:crypto signs in half the time of WebCrypto.
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
}

const prepared = new WeakMap<SigningKey, { header: string; privateKey: KeyObject }>()

function preparedKey(key: SigningKey): { header: string; privateKey: KeyObject } {
  let known = prepared.get(key)
  if (!known) {
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: key.kid, typ: TYP })).toString('base64url')
    known = { header, privateKey: KeyObject.from(key.key) }
    prepared.set(key, known)
  }
  return known
}

/** @param self the subgraph that was given the token
 *  @throws Error unless the token is the gateway's, meant for this subgraph, and fresh. */
export async function verifyViewer(
  token: string,
  self: string,
  trusted: ReadonlyMap<string, CryptoKey>,
  now: Date,
): Promise<Viewer> {
  const { payload } = await jwtVerify(
    token,
    keyOf(trusted, (service) => service === 'gateway'),
    {
      algorithms: ['EdDSA'],
      audience: audienceOf(self),
      typ: TYP,
      currentDate: now,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'iat'],
    },
  )
  return viewerShape.parse(payload.viewer)
}
