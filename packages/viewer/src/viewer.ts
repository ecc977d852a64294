import { KeyObject, sign } from 'node:crypto'
import { type CryptoKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { keyOf, type SigningKey } from './keys.js'

/** The HTTP header, and the key in graphql-ws payloads' `extensions`, that carries the signed viewer. */
export const VIEWER_HEADER = 'vardgraf-viewer'
const AUDIENCE = 'vardgraf-subgraphs'
const TYP = 'vardgraf-viewer+jwt'
/** A signed viewer is good for one request: this long at the most. */
export const VIEWER_LIFETIME_SECONDS = 60

export const staffRoles = ['NURSE', 'DOCTOR', 'YOUTH_COUNSELLOR', 'CHILD_HEALTH_NURSE', 'UNIT_ADMINISTRATOR'] as const
export type StaffRole = (typeof staffRoles)[number]

/** Who asks, as the gateway established it: nothing here comes from a header that a client can write. */
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

/** Signs the viewer for the subgraphs. */
export async function signViewer(viewer: Viewer, key: SigningKey, now: Date): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000)
  const claims = { viewer, aud: AUDIENCE, iat, exp: iat + VIEWER_LIFETIME_SECONDS }
  const { header, privateKey } = preparedKey(key)
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  // The gateway signs one for every request: node:crypto does it for half of what WebCrypto costs.
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

/** @throws Error unless the token is the gateway's, meant for subgraphs, and fresh. */
export async function verifyViewer(token: string, trusted: ReadonlyMap<string, CryptoKey>, now: Date): Promise<Viewer> {
  const { payload } = await jwtVerify(
    token,
    keyOf(trusted, (service) => service === 'gateway'),
    {
      algorithms: ['EdDSA'],
      audience: AUDIENCE,
      typ: TYP,
      currentDate: now,
      clockTolerance: 5,
      requiredClaims: ['exp', 'iat'],
    },
  )
  return viewerShape.parse(payload.viewer)
}
