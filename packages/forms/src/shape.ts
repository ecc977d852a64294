import { z } from 'zod'
import { extension } from './extensions.js'
import { itemTypes, operators } from './questionnaire.js'

/** The elements of a FHIR R4 Questionnaire that are understood. Any other element is refused, not ignored. */

const extensions = z.array(extension).optional()

/** The sibling of a primitive, such as `_text`: it holds the translation. */
const primitive = z.strictObject({ extension: z.array(extension) }).optional()

const coding = z.strictObject({
  system: z.string().optional(),
  code: z.string().min(1),
  display: z.string().min(1),
  _display: primitive,
})

const answer = {
  answerBoolean: z.boolean().optional(),
  answerInteger: z.int().optional(),
  answerDecimal: z.number().optional(),
  answerString: z.string().optional(),
  answerCoding: z.strictObject({ system: z.string().optional(), code: z.string() }).optional(),
}

const enableWhen = z.strictObject({
  question: z.string(),
  operator: z.enum(operators),
  ...answer,
})

const baseItem = z.strictObject({
  linkId: z.string().min(1),
  text: z.string().min(1),
  _text: primitive,
  type: z.enum(itemTypes),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  maxLength: z.int().positive().optional(),
  enableWhen: z.array(enableWhen).nonempty().optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  answerOption: z
    .array(z.strictObject({ extension: extensions, valueCoding: coding }))
    .nonempty()
    .optional(),
  extension: extensions,
})

type BaseItem = z.infer<typeof baseItem>
export type FhirItem = BaseItem & { item?: FhirItem[] | undefined }
const item: z.ZodType<FhirItem> = baseItem.extend({
  get item() {
    return z.array(item).nonempty().optional()
  },
})

const quantity = z.strictObject({
  value: z.int().nonnegative(),
  unit: z.string().optional(),
  system: z.string().optional(),
  code: z.literal('a'),
})

export const fhirQuestionnaire = z.strictObject({
  resourceType: z.literal('Questionnaire'),
  id: z.string().optional(),
  meta: z.looseObject({}).optional(),
  text: z.looseObject({ status: z.string(), div: z.string() }).optional(),
  language: z.literal('sv'),
  url: z.url().refine((url) => !url.includes('|'), 'must not hold a |'),
  version: z.string().regex(/^\d+(\.\d+)*$/, 'must be numbers with dots, such as 1.2.0'),
  name: z.string().optional(),
  title: z.string().min(1),
  _title: primitive,
  status: z.enum(['draft', 'active', 'retired']),
  experimental: z.boolean(),
  subjectType: z.tuple([z.literal('Patient')]).optional(),
  date: z.string().optional(),
  publisher: z.string().optional(),
  description: z.string().min(1),
  _description: primitive,
  purpose: z.string().optional(),
  copyright: z.string().optional(),
  useContext: z
    .array(
      z.strictObject({
        code: z.strictObject({
          system: z.literal('http://terminology.hl7.org/CodeSystem/usage-context-type'),
          code: z.literal('age'),
        }),
        valueRange: z.strictObject({ low: quantity.optional(), high: quantity.optional() }),
      }),
    )
    .max(1)
    .optional(),
  extension: extensions,
  item: z.array(item).nonempty(),
})
export type FhirQuestionnaire = z.infer<typeof fhirQuestionnaire>
