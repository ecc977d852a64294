import type { SubgraphName } from '@vardgraf/manifest'

/** Events as other subgraphs receive them. Ids and instants only: a consumer that needs more asks the owner. */
export interface Events {
  /** A visit was booked; `caseId` when it was booked from a case. Instants in RFC 3339. */
  'visit.booked': { visitId: string; patientId: string; unitId: string; caseId: string | null; startsAt: string }
}

/** Which subgraphs receive each event. Each has a queue of its own, so one that is down misses nothing. */
export const consumers = {
  'visit.booked': ['messaging'],
} as const satisfies Record<keyof Events, readonly SubgraphName[]>

/** Which subgraph appends each event: no other database role can. */
export const producers = {
  'visit.booked': 'visits',
} as const satisfies Record<keyof Events, SubgraphName>

/** Work that a subgraph enqueues for itself, done after the commit. */
export interface Jobs {
  /** Find out who is to be notified, and store a notification for each. `occasion` keeps it to one, also after a retry. */
  'notification.announce': {
    kind: string
    patientId: string
    region: string
    caseId: string | null
    visitId: string | null
    occasion: string
  }
  /** Send the SMS of a stored notification. */
  'sms.send': { notificationId: string }
}

export const jobs = ['notification.announce', 'sms.send'] as const satisfies readonly (keyof Jobs)[]

/** Jobs of which at most one is under way for the same key: while one is queued, running or waiting for a retry, a second is not added. */
export const singleton: { readonly [J in keyof Jobs]?: (data: Jobs[J]) => string } = {
  'sms.send': ({ notificationId }) => notificationId,
}

/** The subgraph that enqueues these jobs and works on them. */
export const worker = 'messaging' satisfies SubgraphName

export const queueOf = (event: keyof Events, consumer: string): string => `${event}.${consumer}`

/** The queues that a service works on. */
export function queuesWorkedBy(service: string): string[] {
  const heard = Object.entries(consumers).flatMap(([event, names]) =>
    (names as readonly string[]).includes(service) ? [queueOf(event as keyof Events, service)] : [],
  )
  return service === worker ? [...heard, ...jobs] : heard
}

/** The queues that a service may put something into. */
export function queuesFilledBy(service: string): string[] {
  const told = Object.entries(producers).flatMap(([event, producer]) =>
    producer === service ? consumers[event as keyof Events].map((consumer) => queueOf(event as keyof Events, consumer)) : [],
  )
  return service === worker ? [...told, ...jobs] : told
}

/** Every queue of the platform: created by the migration, so that producers may run before consumers. */
export function allQueues(): string[] {
  const ofEvents = Object.entries(consumers).flatMap(([event, names]) =>
    names.map((name) => queueOf(event as keyof Events, name)),
  )
  return [...ofEvents, ...jobs]
}
