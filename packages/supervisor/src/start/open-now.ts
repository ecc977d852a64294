import { addressesOf } from '../platform.js'
import type { StartSettings } from './settings.js'

/** A unit as the graph tells of it. */
export interface UnitNow {
  name: string
  isOpen: boolean
  /** RFC 3339 */
  closesAt: string | null
  /** RFC 3339 */
  nextOpening: string | null
}

/** A queue that a test person can look at. */
export interface QueueNow {
  nurse: string
  unitId: string
  unit: UnitNow
  waiting: number
}

export interface Now {
  /** RFC 3339, by the sandbox's clock. */
  now: string
  frozen: boolean
  offsetMs: number
  queues: QueueNow[]
}

/** Nurses of the two units that answer the cases of a health centre's patients, by turns. [R27] */
const nurses = ['nurse-1', 'nurse-1177']
const mostWaiting = 100

/** What time it is in the sandbox, who answers now, and how many wait there.
 *  @throws Error when the graph does not answer. */
export async function openNow({ ports }: StartSettings): Promise<Now> {
  const { graph, sandbox } = addressesOf(ports)
  const ask = async <T>(query: string, person?: string): Promise<T> => {
    const token = person && ((await (await fetch(`${sandbox}/token?person=${person}`)).json()) as { access_token: string })
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token.access_token}` }) },
      body: JSON.stringify({ query }),
    })
    const { data } = (await response.json()) as { data?: T }
    if (!data) throw new Error('the graph does not answer')
    return data
  }
  const [{ clock }, ...queues] = await Promise.all([
    ask<{ clock: Omit<Now, 'queues'> }>('{ clock: sandboxClock { now frozen offsetMs } }'),
    ...nurses.map(async (nurse) => {
      const { me } = await ask<{ me: { unit: UnitNow & { id: string; waitingRoom: { edges: unknown[] } } } }>(
        `{ me { unit { id name isOpen closesAt nextOpening waitingRoom(first: ${mostWaiting}) { edges { cursor } } } } }`,
        nurse,
      )
      return { nurse, unitId: me.unit.id, unit: me.unit, waiting: me.unit.waitingRoom.edges.length }
    }),
  ])
  return { ...clock, queues }
}

/** The clock in one line: `Tue 2026-11-24 19:07 (the sandbox's clock, 9 h 0 min behind)`. */
export function clockLine({ now, frozen, offsetMs }: Now): string {
  const moved = Math.abs(offsetMs) >= 60_000 ? `, ${distance(offsetMs)} ${offsetMs < 0 ? 'behind' : 'ahead of'} real time` : ''
  return `${dayAndTime(now)} in Stockholm (the sandbox’s clock${moved}${frozen ? ', standing still' : ''})`
}

/** Which unit answers now and until when; or from when, and whether acute cases still go there. */
export function queueLine({ unit, waiting, nurse }: QueueNow, now: string): string {
  const acute = nurse === 'nurse-1177' ? ', acute cases round the clock' : ''
  const hours = unit.isOpen ? `open until ${timeOf(unit.closesAt, now)}` : `closed until ${timeOf(unit.nextOpening, now)}${acute}`
  return `${unit.name.replace(' (påhittad)', '')}: ${hours}; ${waiting === mostWaiting ? `${waiting} or more` : waiting} waiting`
}

const minutesPerHour = 60
const minutesPerDay = 1_440

function distance(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const days = Math.floor(minutes / minutesPerDay)
  const hours = Math.floor((minutes % minutesPerDay) / minutesPerHour)
  const parts = [days && `${days} d`, hours && `${hours} h`, minutes % minutesPerHour && `${minutes % minutesPerHour} min`]
  return parts.filter(Boolean).join(' ')
}

/** The graph gives local time in Stockholm, so the text can be shown as it is. */
const dayAndTime = (instant: string): string => `${weekdayOf(instant)} ${instant.slice(0, 10)} ${instant.slice(11, 16)}`

const weekdayOf = (instant: string): string =>
  new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${instant.slice(0, 10)}T12:00:00Z`))

function timeOf(instant: string | null, now: string): string {
  if (instant === null) return 'further notice'
  return instant.slice(0, 10) === now.slice(0, 10) ? instant.slice(11, 16) : `${weekdayOf(instant)} ${instant.slice(11, 16)}`
}
