import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The setting of triage: a folder with one FHIR Questionnaire a file. */
export const triageSettings = {
  QUESTIONNAIRE_DIR: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../questionnaires', import.meta.url))),
}
