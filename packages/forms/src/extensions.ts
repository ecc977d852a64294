import { z } from 'zod'
import { unitCodes } from './units.js'

const hl7 = 'http://hl7.org/fhir/StructureDefinition'

/** The extensions that a form is understood with. */
export const urls = {
  translation: `${hl7}/translation`,
  minValue: `${hl7}/minValue`,
  maxValue: `${hl7}/maxValue`,
  unit: `${hl7}/questionnaire-unit`,
  exclusive: `${hl7}/questionnaire-optionExclusive`,
} as const

export const extension = z.looseObject({ url: z.string() })
export type Extension = z.infer<typeof extension>

export const extensionsOf = (all: readonly Extension[] | undefined, url: string): Extension[] =>
  (all ?? []).filter((each) => each.url === url)

export const translation = z.object({
  extension: z.tuple([
    z.object({ url: z.literal('lang'), valueCode: z.string() }),
    z.object({ url: z.literal('content'), valueString: z.string().min(1) }),
  ]),
})
export const bound = z
  .object({ valueInteger: z.int().optional(), valueDecimal: z.number().optional() })
  .refine((each) => each.valueInteger !== undefined || each.valueDecimal !== undefined, 'needs valueInteger or valueDecimal')
/** The display is the author's own: what people read is written for both languages, and for one and many, in `units.ts`. */
export const unit = z.object({
  valueCoding: z.object({ system: z.literal('http://unitsofmeasure.org'), code: z.enum(unitCodes) }),
})
export const exclusive = z.object({ valueBoolean: z.boolean() })
