import { Temporal } from 'temporal-polyfill'

/** Public holidays (allmänna helgdagar) of lagen (1989:253), as it stands since 2005, except the ordinary Sundays. */
export const publicHolidays = [
  'NEW_YEARS_DAY',
  'EPIPHANY',
  'GOOD_FRIDAY',
  'EASTER_SUNDAY',
  'EASTER_MONDAY',
  'MAY_DAY',
  'ASCENSION_DAY',
  'WHIT_SUNDAY',
  'NATIONAL_DAY',
  'MIDSUMMER_DAY',
  'ALL_SAINTS_DAY',
  'CHRISTMAS_DAY',
  'BOXING_DAY',
] as const

/** Days that are not holidays by law, but on which many units close or have shorter hours. A schedule says what each means. */
export const eves = [
  'TWELFTH_NIGHT',
  'MAUNDY_THURSDAY',
  'EASTER_EVE',
  'WALPURGIS_NIGHT',
  'WHITSUN_EVE',
  'MIDSUMMER_EVE',
  'ALL_SAINTS_EVE',
  'CHRISTMAS_EVE',
  'NEW_YEARS_EVE',
] as const

export type PublicHoliday = (typeof publicHolidays)[number]
export type Eve = (typeof eves)[number]
export type NamedDay = PublicHoliday | Eve

/** The named days that fall on a date; two can coincide (Ascension Day and May Day in 2008). */
export function namedDays(date: Temporal.PlainDate): readonly NamedDay[] {
  return calendarOf(date.year).get(date.toString()) ?? []
}

export const isPublicHoliday = (day: NamedDay): day is PublicHoliday => (publicHolidays as readonly string[]).includes(day)

/** Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher). */
export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const m = Math.floor((a + 11 * h) / 319)
  const r = (2 * (b % 4) + 2 * Math.floor(c / 4) - (c % 4) - h + m + 32) % 7
  const month = Math.floor((h - m + r + 90) / 25)
  return Temporal.PlainDate.from({ year, month, day: (h - m + r + month + 19) % 32 })
}

const calendars = new Map<number, Map<string, NamedDay[]>>()

function calendarOf(year: number): Map<string, NamedDay[]> {
  const known = calendars.get(year)
  if (known) return known
  const days = new Map<string, NamedDay[]>()
  for (const [name, date] of Object.entries(datesOf(year)) as [NamedDay, Temporal.PlainDate][]) {
    days.set(date.toString(), [...(days.get(date.toString()) ?? []), name])
  }
  calendars.set(year, days)
  return days
}

function datesOf(year: number): Record<NamedDay, Temporal.PlainDate> {
  const fixed = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day })
  const easter = easterSunday(year)
  const fromEaster = (days: number) => easter.add({ days })
  const midsummerDay = saturdayFrom(fixed(6, 20))
  const allSaintsDay = saturdayFrom(fixed(10, 31))
  return {
    NEW_YEARS_DAY: fixed(1, 1),
    TWELFTH_NIGHT: fixed(1, 5),
    EPIPHANY: fixed(1, 6),
    MAUNDY_THURSDAY: fromEaster(-3),
    GOOD_FRIDAY: fromEaster(-2),
    EASTER_EVE: fromEaster(-1),
    EASTER_SUNDAY: easter,
    EASTER_MONDAY: fromEaster(1),
    WALPURGIS_NIGHT: fixed(4, 30),
    MAY_DAY: fixed(5, 1),
    ASCENSION_DAY: fromEaster(39),
    WHITSUN_EVE: fromEaster(48),
    WHIT_SUNDAY: fromEaster(49),
    NATIONAL_DAY: fixed(6, 6),
    MIDSUMMER_EVE: midsummerDay.subtract({ days: 1 }),
    MIDSUMMER_DAY: midsummerDay,
    ALL_SAINTS_EVE: allSaintsDay.subtract({ days: 1 }),
    ALL_SAINTS_DAY: allSaintsDay,
    CHRISTMAS_EVE: fixed(12, 24),
    CHRISTMAS_DAY: fixed(12, 25),
    BOXING_DAY: fixed(12, 26),
    NEW_YEARS_EVE: fixed(12, 31),
  }
}

/** The first Saturday on or after a date: midsummer day is the one of 20–26 June, All Saints' the one of 31 October–6 November. */
function saturdayFrom(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.add({ days: (6 - date.dayOfWeek + 7) % 7 })
}
