import { z } from 'zod'
import { guestPolicies, priorities, textKeys, unitKinds, visitTypes } from './codes.js'
import { feeTableShape, firstDayWithoutFee } from './fee-table.js'
import { date, figure, ore, source, time, years } from './figure.js'
import { scheduleShape } from './schedule-shape.js'

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
  /** From this age for a person in a risk group; null: a risk group makes no difference. */
  riskGroupFromAge: figure(years.nullable()),
})

const perPriority = <T extends z.ZodType>(value: T) => z.strictObject({ P1: value, P2: value, P3: value, P4: value, P5: value })

/** The sections of a pack. A later version in the file holds only those that change, each complete. */
const sections = {
  answers: z.strictObject({
    /** Minutes from the entry into the waiting room. P1 always comes before all others. */
    targetMinutes: perPriority(figure(z.int().min(0).max(1440))).refine(
      (targets) => priorities.every((p, i) => i === 0 || targets[priorities[i - 1] ?? p].value <= targets[p].value),
      'a higher priority must not have a longer target',
    ),
    /** Elapsed hours within which a human must have answered, nights included. */
    dueHours: figure(z.int().min(1).max(72)),
    /** This long before, the unit is warned and the case goes to the nurses of 1177. */
    warnHoursBefore: figure(z.int().min(0).max(24)),
    /** A claimed case without an answer returns to the queue when its target has passed since the claim, but never sooner than this. */
    heldAtLeastMinutes: figure(z.int().min(1).max(240)),
  }),
  access: z.strictObject({
    /** From this birthday the young person decides and is seen alone: guardians neither see nor act. [R20, R23] */
    ownCareFromAge: figure(z.int().min(1).max(13, 'guardians act below 13 at the most, by R20 and R23')),
    /** Elapsed days for which a unit keeps its care relation after a visit, or after a case has ended. [A1] */
    careRelationDays: figure(z.int().min(0).max(365)),
  }),
  cases: z.strictObject({
    /** The most open cases of one patient, whoever opened them. A case is open from its first question until staff or the patient end it. */
    mostOpen: figure(z.int().min(1).max(50)),
  }),
  openingHours: z.strictObject({
    HEALTH_CENTRE: scheduleShape,
    NURSE_LINE_1177: scheduleShape,
    YOUTH_CLINIC: scheduleShape,
    CHILD_HEALTH: scheduleShape,
  }),
  responder: z.strictObject({
    /** Priorities that 1177's nurses answer, round the clock. */
    acutePriorities: figure(z.array(z.enum(priorities)).min(1)),
    /** Kinds of unit whose cases 1177's nurses take over when the unit has closed. */
    takenOverByNurseLine: figure(z.array(z.enum(unitKinds))),
    /** If the unit opens later than this after the entry of the case, the nurses of 1177 take it. */
    longestWaitHours: figure(z.int().min(1).max(72)),
    /** HSA-id of the region's 1177 unit. */
    nurseLineUnitId: figure(z.string().regex(/^SE\d{10}-[0-9A-Z]+$/, 'an HSA-id is SE<organisation number>-<suffix>')),
  }),
  cancellation: z.strictObject({
    deadline: figure(cancelRule),
    /** Added to the ordinary fee for a late cancellation or a missed visit. */
    surchargeOre: figure(ore),
  }),
  fees: feeTableShape,
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

/** The policy of a region from a date on. */
export const policyShape = z.strictObject({ ...head, validFrom: date, ...sections }).superRefine(({ fees, validFrom }, ctx) => {
  const day = firstDayWithoutFee(fees.rows, validFrom)
  if (day) ctx.addIssue({ code: 'custom', path: ['fees', 'rows'], message: `no row for everybody is in force on ${day}` })
})
/** The policy of a region in force on a date: every figure with its source. */
export type Policy = z.infer<typeof policyShape>

/** A file: the region and its versions by date. Each version after the first holds the sections that change. */
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
