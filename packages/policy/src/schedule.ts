import { STOCKHOLM, zoned } from '@vardgraf/time'
import { Temporal } from 'temporal-polyfill'
import { weekdays } from './codes.js'
import { isPublicHoliday, namedDays } from './holidays.js'
import type { Interval, Schedule } from './schedule-shape.js'

/** An opening: `opensAt` is in it, `closesAt` is not. */
export interface Opening {
  opensAt: Date
  closesAt: Date
}

// Longer than any closure by named days. A schedule that is closed for over a year is a mistake.
const SEARCH_DAYS = 400

/** Whether it is open. The opening time is included, the closing time is not. */
export function openAt(schedule: Schedule, instant: Date): boolean {
  return openingAt(schedule, instant) !== null
}

/** When it closes; null when it is closed already. Two openings that meet at midnight count as one. */
export function closesAt(schedule: Schedule, instant: Date): Date | null {
  let opening = openingAt(schedule, instant)
  if (!opening) return null
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    const next = openingAt(schedule, opening.closesAt)
    if (!next) return opening.closesAt
    opening = next
  }
  return opening.closesAt
}

/**
 * The earliest instant, from `instant` on, at which it is open; `instant` itself if it is open then.
 * @throws RangeError when the schedule has no opening in the next 400 days.
 */
export function nextOpening(schedule: Schedule, instant: Date): Date {
  const today = zoned(instant).toPlainDate()
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    for (const { opensAt, closesAt } of openingsOn(schedule, today.add({ days }))) {
      if (closesAt > instant) return opensAt > instant ? opensAt : instant
    }
  }
  throw new RangeError(`the schedule has no opening within ${SEARCH_DAYS} days from ${instant.toISOString()}`)
}

/** The openings of a local date (`YYYY-MM-DD`), in order; [] when it is closed all day. */
export function openingsOn(schedule: Schedule, date: string | Temporal.PlainDate): readonly Opening[] {
  const known = openings.get(schedule) ?? new Map<string, readonly Opening[]>()
  openings.set(schedule, known)
  const key = date.toString()
  const found = known.get(key)
  if (found) return found
  const day = Temporal.PlainDate.from(date)
  const made = intervalsOn(schedule, day)
    .map(([from, to]) => ({ opensAt: instantOf(day, from), closesAt: instantOf(day, to) }))
    // Hours that do not exist, because summer time begins, are no opening.
    .filter(({ opensAt, closesAt }) => opensAt < closesAt)
  known.set(key, made)
  return made
}

// Time zone arithmetic is slow, and the same few days are asked for again and again.
const openings = new WeakMap<Schedule, Map<string, readonly Opening[]>>()

function openingAt(schedule: Schedule, instant: Date): Opening | null {
  return (
    openingsOn(schedule, zoned(instant).toPlainDate()).find(
      ({ opensAt, closesAt }) => opensAt <= instant && instant < closesAt,
    ) ?? null
  )
}

/** The hours of a date: by its date, else by its name, else as a public holiday, else by its weekday. */
function intervalsOn(schedule: Schedule, date: Temporal.PlainDate): readonly Interval[] {
  const exception = schedule.dates?.[date.toString()]
  if (exception) return exception
  const named = namedDays(date)
  for (const day of named) {
    const intervals = schedule.namedDays?.[day]
    if (intervals) return intervals
  }
  if (named.some(isPublicHoliday)) return schedule.publicHoliday
  return schedule.week[weekdays[date.dayOfWeek - 1] ?? 'SUN']
}

/** A local time of a date as an instant. 24:00 is the next midnight. A time that does not exist, because summer time begins, is an hour later. */
function instantOf(date: Temporal.PlainDate, time: string): Date {
  const local = time === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(time)
  return new Date(local.toZonedDateTime(STOCKHOLM).epochMilliseconds)
}
