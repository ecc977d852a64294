import { z } from 'zod'

/** `SE<organisation number>-<suffix>` */
export const hsaId = z.string().regex(/^SE\d{10}-[A-Z0-9]+$/, 'an HSA-id is SE<organisation number>-<suffix>')
