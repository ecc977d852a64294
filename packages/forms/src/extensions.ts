import { z } from 'zod'
import { outcomes, priorities } from './questionnaire.js'
import { unitCodes } from './units.js'

const ours = 'https://vardgraf.example/fhir/StructureDefinition'
const hl7 = 'http://hl7.org/fhir/StructureDefinition'

/** The extensions that triage understands; docs/triage.md documents the one of our own. */
export const urls = {
  rule: `${ours}/triage-rule`,
  translation: `${hl7}/translation`,
  minValue: `${hl7}/minValue`,
  maxValue: `${hl7}/maxValue`,
  unit: `${hl7}/questionnaire-unit`,
  exclusive: `${hl7}/questionnaire-optionExclusive`,
} as const

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

const text = {
  valueString: z.string().min(1),
  _valueString: z.object({ extension: z.array(z.looseObject({ url: z.string() })) }).optional(),
}
/** The parts of a triage rule, each an inner extension. */
export const rulePart = z.discriminatedUnion('url', [
  z.strictObject({ url: z.literal('id'), valueId: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) }),
  z.strictObject({ url: z.literal('kind'), valueCode: z.enum(['red-flag', 'outcome', 'default']) }),
  z.strictObject({
    url: z.literal('condition'),
    valueExpression: z.strictObject({
      language: z.literal('text/fhirpath'),
      expression: z.string().min(1),
      description: z.string().optional(),
    }),
  }),
  z.strictObject({ url: z.literal('outcome'), valueCode: z.enum(outcomes) }),
  z.strictObject({ url: z.literal('priority'), valueCode: z.enum(priorities) }),
  z.strictObject({ url: z.literal('reason'), ...text }),
  z.strictObject({ url: z.literal('advice'), ...text }),
])
export type RulePart = z.infer<typeof rulePart>
