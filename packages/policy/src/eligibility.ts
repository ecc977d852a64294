import { birthday, startOfDay } from '@vardgraf/time'
import { Temporal } from 'temporal-polyfill'
import type { Policy } from './pack.js'

/** A child starts preschool class (förskoleklass) in August of the year of the 6th birthday, or a year early or later. */
export const preschoolStarts = ['EARLY', 'ON_TIME', 'DEFERRED'] as const
export type PreschoolStart = (typeof preschoolStarts)[number]

export interface EligiblePerson {
  /** `YYYY-MM-DD` */
  birthDate: string
  /** Absent: on time. */
  preschoolStart?: PreschoolStart | undefined
}

/** Whether a person may use a service with an age limit, and from when until when. */
export interface ServiceEligibility {
  service: 'YOUTH_CLINIC' | 'CHILD_HEALTH'
  eligible: boolean
  /** Who asks: the young person herself, or the guardian about the child. */
  askedBy: 'SELF' | 'GUARDIAN'
  /** The first instant, included. */
  from: Date
  /** The first instant after it, not included. */
  until: Date
  rule: 'R39' | 'R40'
  source: string
}

/** The two services with an age limit: the youth clinic [R24, R39] and child health care [R40]. */
export function serviceEligibility(pack: Policy, person: EligiblePerson, now: Date): ServiceEligibility[] {
  return [youthClinic(pack, person, now), childHealth(pack, person, now)]
}

/** Both ages are included. It ends at local midnight when the birthday after the last age begins. */
function youthClinic(pack: Policy, { birthDate }: EligiblePerson, now: Date): ServiceEligibility {
  const { fromAge, upToAge } = pack.services.youthClinic
  const from = startOfDay(birthday(birthDate, fromAge.value))
  const until = startOfDay(birthday(birthDate, upToAge.value + 1))
  return {
    service: 'YOUTH_CLINIC',
    eligible: from <= now && now < until,
    askedBy: 'SELF',
    from,
    until,
    rule: 'R39',
    source: upToAge.source,
  }
}

/** From birth until preschool class starts. */
function childHealth(pack: Policy, { birthDate, preschoolStart = 'ON_TIME' }: EligiblePerson, now: Date): ServiceEligibility {
  const { preschoolStarts: day, preschoolBirthday } = pack.services.childHealth
  const shift = { EARLY: -1, ON_TIME: 0, DEFERRED: 1 }[preschoolStart]
  const year = Temporal.PlainDate.from(birthDate).year + preschoolBirthday.value + shift
  const from = startOfDay(birthDate)
  const until = startOfDay(`${year}-${day.value}`)
  return {
    service: 'CHILD_HEALTH',
    eligible: from <= now && now < until,
    askedBy: 'GUARDIAN',
    from,
    until,
    rule: 'R40',
    source: day.source,
  }
}
