import { z } from 'zod'
import { eves, publicHolidays } from './holidays.js'

export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export type Priority = (typeof priorities)[number]

export const unitKinds = ['HEALTH_CENTRE', 'NURSE_LINE_1177', 'YOUTH_CLINIC', 'CHILD_HEALTH'] as const
export type UnitKind = (typeof unitKinds)[number]

export const visitChannels = ['APP', 'WEB', 'PHYSICAL', 'PHONE'] as const
export type VisitChannel = (typeof visitChannels)[number]

/** Who receives the patient; the codes of `Visit.profession`. */
export const professions = ['DOCTOR', 'NURSE', 'PSYCHOLOGIST', 'PHYSIOTHERAPIST', 'OTHER'] as const
export type Profession = (typeof professions)[number]

/** Kinds of visit; the codes of `Visit.visitType`. */
export const visitTypes = ['NEW_PROBLEM', 'FOLLOW_UP', 'SAMPLING', 'CONVERSATION', 'VACCINATION', 'SPECIALIST'] as const
export type VisitTypeCode = (typeof visitTypes)[number]

export const guestPolicies = ['NOT_ALLOWED', 'BY_PATIENT', 'BY_CLINIC'] as const
export type GuestPolicy = (typeof guestPolicies)[number]

export const vaccines = ['COVID_19', 'INFLUENZA', 'TBE', 'PNEUMOCOCCUS'] as const
export type Vaccine = (typeof vaccines)[number]

export const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const
export type Weekday = (typeof weekdays)[number]

/** Texts that people read; each in Swedish and English, with the same placeholders. */
export const textKeys = [
  'SMS_CASE_ANSWERED',
  'SMS_VISIT_BOOKED',
  'SMS_VISIT_MORNING_OF',
  'SMS_VISIT_IN_15_MINUTES',
  'SMS_VISIT_STARTED',
  'SELF_CARE_INTRO',
  'CALL_112',
  'CONTACT_HEALTH_CENTRE',
  'CONTACT_NURSE_LINE',
  'REDIRECT_NO_ONGOING_CASE',
  'CHAT_IS_FREE',
  'FEE_ORDINARY',
  'FEE_FREE_VISIT',
  'FEE_FREE_BY_AGE',
] as const
export type TextKey = (typeof textKeys)[number]

/** Where a figure comes from: stated by a seed text, law or public guidance, decided here; or not known yet. */
const source = z
  .string()
  .regex(
    /^\[(S|L|D)\] \S|^unknown, not confirmed/,
    'a source starts with [S] (stated), [L] (law or public guidance) or [D] (decided), or is "unknown, not confirmed"',
  )

/** A value and its source. */
const figure = <T extends z.ZodType>(value: T) => z.strictObject({ value, source })
export type Figure<T> = { value: T; source: string }

const date = z.iso.date()
const ore = z.int().min(0).max(10_000_000)
const years = z.int().min(0).max(150)
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM')
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

const schedule = z
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
export type Schedule = z.infer<typeof schedule>

const digitalOrPhysical = ['APP', 'WEB', 'PHYSICAL'] as const

const feeRow = z.strictObject({
  id: z.string().min(1),
  /** Absent: any. Rows are tried in order, the first that fits is the fee. */
  professions: z.array(z.enum(professions)).min(1).optional(),
  visitTypes: z.array(z.enum(visitTypes)).min(1).optional(),
  unitKinds: z.array(z.enum(unitKinds)).min(1).optional(),
  channels: z
    .array(z.enum(visitChannels))
    .refine(
      (channels) => digitalOrPhysical.every((c) => channels.includes(c)) || !digitalOrPhysical.some((c) => channels.includes(c)),
      'a digital visit costs what a physical one does: a row names APP, WEB and PHYSICAL together or not at all [R16]',
    )
    .optional(),
  amountOre: ore,
  validFrom: date,
  /** The last day, included; absent: until further notice. */
  validTo: date.optional(),
  source,
})
export type FeeRow = z.infer<typeof feeRow>

const freeAges = z
  .strictObject({
    id: z.string().min(1),
    fromAge: years.optional(),
    /** Included: 19 is free until the 20th birthday. */
    upToAge: years.optional(),
    validFrom: date,
    validTo: date.optional(),
    source,
  })
  .refine((row) => row.fromAge !== undefined || row.upToAge !== undefined, 'free ages have a fromAge or an upToAge')
export type FreeAges = z.infer<typeof freeAges>

const cancelRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('HOURS_BEFORE'), hours: z.int().min(0).max(336) }),
  z.strictObject({ kind: z.literal('SAME_DAY_AT'), time }),
])

const placeholders = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([name]) => name)
    .sort()
    .join()
const text = z
  .strictObject({ sv: z.string().min(1), en: z.string().min(1), source })
  .refine(({ sv, en }) => placeholders(sv) === placeholders(en), 'the Swedish and the English text have the same {placeholders}')

const vaccineGate = z.strictObject({
  /** From this age for everybody; null: not by age alone. */
  fromAge: figure(years.nullable()),
  /** From this age for a person in a risk group; null: being in one opens nothing more. */
  riskGroupFromAge: figure(years.nullable()),
})

const perPriority = <T extends z.ZodType>(value: T) => z.strictObject({ P1: value, P2: value, P3: value, P4: value, P5: value })

/** The sections of a pack: a later version in the file repeats only those that change, each whole. */
const sections = {
  answers: z.strictObject({
    /** Minutes from entering the waiting room; P1 is a class of its own, before all others. */
    targetMinutes: perPriority(figure(z.int().min(0).max(1440))),
    /** Elapsed hours within which a human has answered, round the clock. */
    dueHours: figure(z.int().min(1).max(72)),
    /** The unit is warned this long before, and the case overflows to 1177's nurses. */
    warnHoursBefore: figure(z.int().min(0).max(24)),
  }),
  openingHours: z.strictObject({
    HEALTH_CENTRE: schedule,
    NURSE_LINE_1177: schedule,
    YOUTH_CLINIC: schedule,
    CHILD_HEALTH: schedule,
  }),
  responder: z.strictObject({
    /** Priorities that 1177's nurses answer, round the clock. */
    acutePriorities: figure(z.array(z.enum(priorities)).min(1)),
    /** Kinds of unit whose cases 1177's nurses take over when the unit has closed. */
    takenOverByNurseLine: figure(z.array(z.enum(unitKinds))),
    /** A unit that opens later than this leaves the case to 1177's nurses. */
    longestWaitHours: figure(z.int().min(1).max(72)),
    /** HSA-id of the region's 1177 unit. */
    nurseLineUnitId: figure(z.string().regex(/^SE\d{10}-[0-9A-Z]+$/, 'an HSA-id is SE<organisation number>-<suffix>')),
  }),
  cancellation: z.strictObject({
    deadline: figure(cancelRule),
    /** Added to the ordinary fee for a late cancellation or a missed visit. */
    surchargeOre: figure(ore),
  }),
  fees: z.strictObject({
    free: z.array(freeAges),
    rows: z
      .array(feeRow)
      .refine(
        (rows) => rows.some((r) => !r.professions && !r.visitTypes && !r.unitKinds && !r.channels && !r.validTo),
        'the last row is for everybody: no profession, visit type, unit kind, channel or validTo',
      ),
    /** A written contact in this service. */
    chatOre: figure(ore),
  }),
  highCostCap: z.strictObject({
    amountOre: figure(ore),
    months: figure(z.int().min(1).max(24)),
    siblingsPoolUnderAge: figure(years),
    doesNotCount: figure(z.array(z.enum(['MISSED_VISIT', 'LATE_CANCELLATION', 'VACCINATION']))),
  }),
  services: z.strictObject({
    youthClinic: z.strictObject({ fromAge: figure(years), upToAge: figure(years) }),
    childHealth: z.strictObject({
      /** Preschool class starts on this day (MM-DD) of the year of this birthday. */
      preschoolStarts: figure(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day is MM-DD')),
      preschoolBirthday: figure(years),
    }),
  }),
  visits: z.strictObject({
    joinOpensMinutesBefore: figure(z.int().min(0).max(120)),
    morningReminderAt: figure(time),
    /** A visit that starts before this has no reminder the same morning. */
    morningReminderNotBeforeStart: figure(time),
    reminderMinutesBefore: figure(z.int().min(1).max(120)),
    guestPolicy: z.strictObject({
      default: figure(z.enum(guestPolicies)),
      byVisitType: z.partialRecord(z.enum(visitTypes), figure(z.enum(guestPolicies))),
    }),
  }),
  vaccines: z.strictObject({ COVID_19: vaccineGate, INFLUENZA: vaccineGate, TBE: vaccineGate, PNEUMOCOCCUS: vaccineGate }),
  careGuaranteeDays: figure(z.tuple([z.int(), z.int(), z.int(), z.int()])),
  redirect: z.strictObject({ url: figure(z.url({ protocol: /^https$/ })) }),
  texts: z.record(z.enum(textKeys), text),
}

const head = {
  /** The region's key: the file's name without `.json`. */
  region: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'a region is lower case letters and hyphens'),
  name: z.string().min(1),
  organisationNumber: z.string().regex(/^\d{6}-\d{4}$/, 'an organisation number is NNNNNN-NNNN'),
}

/** What holds in a region from a date on. */
export const policyShape = z.strictObject({ ...head, validFrom: date, ...sections })
/** A region's policy in force at a date: every figure with its source. */
export type Policy = z.infer<typeof policyShape>

/** A file: the region, and dated versions in order, each after the first with the sections that change. */
export const packFileShape = z.strictObject({
  ...head,
  versions: z
    .array(z.strictObject(sections).partial().extend({ validFrom: date }))
    .min(1)
    .refine(
      (all) => all.every((version, i) => i === 0 || (all[i - 1]?.validFrom ?? '') < version.validFrom),
      'versions are in order of validFrom',
    ),
})
