import { integer } from '@vardgraf/process'
import { z } from 'zod'

export const notificationSettings = {
  /** The operator's base address: `https://api.46elks.com`, or a stand-in that speaks the same HTTP. */
  SMS_OPERATOR_URL: z.url(),
  SMS_OPERATOR_USER: z.string().min(1),
  SMS_OPERATOR_PASSWORD: z.string().min(1),
  /** What the recipient sees as sender: 3 to 11 letters and digits, or a number in E.164. */
  SMS_SENDER: z
    .string()
    .regex(/^([A-Za-z][A-Za-z0-9]{2,10}|\+\d{7,15})$/)
    .default('Vardgraf'),
  SMS_TIMEOUT_MS: integer(10_000, 100, 60_000),
  /** How often SMS are looked for that wait in the queue without a job. */
  SMS_REQUEUE_EVERY_MS: integer(30_000, 100, 600_000),
}
