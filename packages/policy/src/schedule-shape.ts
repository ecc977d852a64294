import { z } from 'zod'
import { weekdays } from './codes.js'
import { date, source, time } from './figure.js'
import { eves, publicHolidays } from './holidays.js'

const closing = z.union([time, z.literal('24:00')])
const interval = z
  .tuple([time, closing])
  .refine(([from, to]) => from < to, 'an interval closes after it opens; one past midnight is two')
export type Interval = z.infer<typeof interval>
const intervals = z
  .array(interval)
  .refine(
    (all) => all.every(([from], i) => i === 0 || (all[i - 1]?.[1] ?? '') <= from),
    'intervals are in order and do not overlap',
  )

export const scheduleShape = z
  .strictObject({
    week: z.strictObject({
      MON: intervals,
      TUE: intervals,
      WED: intervals,
      THU: intervals,
      FRI: intervals,
      SAT: intervals,
      SUN: intervals,
    }),
    /** Any public holiday (helgdag) that `namedDays` does not mention. */
    publicHoliday: intervals,
    /** What a holiday or an eve by name means here; an eve that is not mentioned is an ordinary day. */
    namedDays: z.partialRecord(z.enum([...publicHolidays, ...eves]), intervals).optional(),
    /** Single dates: a summer closure, a planning day. Beats everything else. */
    dates: z.record(date, intervals).optional(),
    source,
  })
  .refine(({ week }) => weekdays.some((day) => week[day].length > 0), {
    path: ['week'],
    message: 'a schedule opens at least once a week',
  })
export type Schedule = z.infer<typeof scheduleShape>
