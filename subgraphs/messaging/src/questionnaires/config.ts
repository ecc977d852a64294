import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A folder with one FHIR Questionnaire a file. */
export const questionnaireSettings = {
  QUESTIONNAIRE_DIR: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../questionnaires', import.meta.url))),
}
