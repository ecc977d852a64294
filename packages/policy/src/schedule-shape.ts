import { z } from 'zod'
import { weekdays } from './codes.js'
import { date, source, time } from './figure.js'
import { eves, publicHolidays } from './holidays.js'

const closing = z.union([time, z.literal('24:00')])
const interval = z
  .tuple([time, closing])
  .refine(([from, to]) => from < to, 'an interval must close after it opens; write one that passes midnight as two')
export type Interval = z.infer<typeof interval>
const intervals = z
  .array(interval)
  .refine(
    (all) => all.every(([from], i) => i === 0 || (all[i - 1]?.[1] ?? '') <= from),
    'intervals must be in order and must not overlap',
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
    /** Any public holiday (helgdag) that is not in `namedDays`. */
    publicHoliday: intervals,
    /** Hours of a holiday or an eve by its name. An eve that is not named is an ordinary day. */
    namedDays: z.partialRecord(z.enum([...publicHolidays, ...eves]), intervals).optional(),
    /** Single dates, such as a summer closure or a planning day. They come before everything else. */
    dates: z.record(date, intervals).optional(),
    source,
  })
  .refine(({ week }) => weekdays.some((day) => week[day].length > 0), {
    path: ['week'],
    message: 'a schedule must open at least once a week',
  })
export type Schedule = z.infer<typeof scheduleShape>
