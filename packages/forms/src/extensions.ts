import { z } from 'zod'
import type { Problems } from './problems.js'
import { unitCodes } from './units.js'

const hl7 = 'http://hl7.org/fhir/StructureDefinition'

/** The extensions of HL7 that are understood. */
export const urls = {
  translation: `${hl7}/translation`,
  minValue: `${hl7}/minValue`,
  maxValue: `${hl7}/maxValue`,
  unit: `${hl7}/questionnaire-unit`,
  exclusive: `${hl7}/questionnaire-optionExclusive`,
} as const

export const extension = z.looseObject({ url: z.string() })
export type Extension = z.infer<typeof extension>

/**
 * The extensions of one element by their address. One that is not in `understood` is refused, not ignored: it could
 * change what is asked. So is a second one with the same address.
 */
export function readExtensions(
  all: readonly Extension[] | undefined,
  understood: readonly string[],
  path: string,
  problems: Problems,
): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>()
  for (const [index, each] of (all ?? []).entries()) {
    const fault = !understood.includes(each.url) ? 'is not understood here' : found.has(each.url) ? 'is there twice' : null
    if (fault) problems.add(`${path}.extension[${index}]`, `the extension ${each.url} ${fault}`)
    else found.set(each.url, each)
  }
  return found
}

export const translation = z.object({
  extension: z.tuple([
    z.object({ url: z.literal('lang'), valueCode: z.literal('en') }),
    z.object({ url: z.literal('content'), valueString: z.string().min(1) }),
  ]),
})
export const bound = z
  .object({ valueInteger: z.int().optional(), valueDecimal: z.number().optional() })
  .refine((each) => each.valueInteger !== undefined || each.valueDecimal !== undefined, 'needs valueInteger or valueDecimal')
/** Its display is not used: `units.ts` has the words, in both languages, singular and plural. */
export const unit = z.object({
  valueCoding: z.object({ system: z.literal('http://unitsofmeasure.org'), code: z.enum(unitCodes) }),
})
export const exclusive = z.object({ valueBoolean: z.boolean() })
