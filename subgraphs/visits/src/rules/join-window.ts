import type { VisitChannel } from '../generated/prisma/enums.js'

const MINUTE_MS = 60_000
const joined = ['APP', 'WEB'] as const satisfies readonly VisitChannel[]

/** When participants can enter a digital visit. Both instants are included. */
export interface JoinWindow {
  opensAt: Date
  closesAt: Date
}

/** Held by video in the app or on the web; the other channels are a physical visit and a phone call. [R1] */
const isDigital = (channel: VisitChannel): boolean => (joined as readonly VisitChannel[]).includes(channel)

/** The visit's doors open some minutes before its start, by the region's policy, and close at its end; null where nothing is joined. [R12] */
export function joinWindow(
  visit: { channel: VisitChannel; startsAt: Date; endsAt: Date },
  opensMinutesBefore: number,
): JoinWindow | null {
  if (!isDigital(visit.channel)) return null
  return { opensAt: new Date(visit.startsAt.getTime() - opensMinutesBefore * MINUTE_MS), closesAt: visit.endsAt }
}
