import { Temporal } from 'temporal-polyfill'

/** The time zone in which care is given and birthdays take effect. */
export const STOCKHOLM = 'Europe/Stockholm'

/** RFC 3339 with Stockholm's offset, whole seconds unless there are milliseconds: `2026-11-22T08:00:00+01:00`. */
export function toRfc3339(instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(STOCKHOLM)
    .toString({ timeZoneName: 'never' })
}

/** The local date in Stockholm at an instant, as `YYYY-MM-DD`. */
export function localDate(instant: Date): string {
  return zoned(instant).toPlainDate().toString()
}

/** The instant as local date and time in Stockholm. */
export function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(STOCKHOLM)
}

/** The instant at which a local date begins in Stockholm. */
export function startOfDay(date: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(STOCKHOLM).epochMilliseconds)
}

/** The local date of the Nth birthday; 29 February becomes 28 February in a common year. [A6] */
export function birthday(birthDate: string, years: number): string {
  return Temporal.PlainDate.from(birthDate).add({ years }, { overflow: 'constrain' }).toString()
}

/** Age in whole years at an instant: a birthday takes effect at local midnight. [A6] */
export function ageAt(birthDate: string, instant: Date): number {
  const born = Temporal.PlainDate.from(birthDate)
  const today = zoned(instant).toPlainDate()
  const years = today.year - born.year
  return Temporal.PlainDate.compare(birthday(birthDate, years), today) <= 0 ? years : years - 1
}
