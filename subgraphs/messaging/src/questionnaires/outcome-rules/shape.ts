import { z } from 'zod'
import { outcomes, priorities } from './rule.js'

/** The extension that holds one outcome rule; docs/triage.md documents it. */
export const ruleUrl = 'https://vardgraf.example/fhir/StructureDefinition/triage-rule'

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
