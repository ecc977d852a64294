import type { SubgraphName } from '@vardgraf/manifest'

/** Facts that have happened, as other subgraphs hear of them. Ids and instants only: who needs more asks the owner. */
export interface Events {
  /** A visit was booked; `caseId` when it came out of a case. Instants in RFC 3339. */
  'visit.booked': { visitId: string; patientId: string; unitId: string; caseId: string | null; startsAt: string }
}

/** Who hears of each event. Each consumer has a queue of its own, so one that is down misses nothing. */
export const consumers = {
  'visit.booked': ['messaging'],
} as const satisfies Record<keyof Events, readonly SubgraphName[]>

/** Who tells of each event: nobody else's database role can. */
export const producers = {
  'visit.booked': 'visits',
} as const satisfies Record<keyof Events, SubgraphName>

/** Work that a subgraph gives itself to do after the commit. */
export interface Jobs {
  /** Find out who is to be told, and store a notification for each. `occasion` makes it once, whatever is retried. */
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

/** Work that is under way at most once at a time, by what it is about: while such a job is queued, running or to be retried, a second is not taken. */
export const singleton: { readonly [J in keyof Jobs]?: (data: Jobs[J]) => string } = {
  'sms.send': ({ notificationId }) => notificationId,
}

/** Who gives itself the work, and does it. */
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
