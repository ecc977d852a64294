import { integer } from '@vardgraf/process'

export const waitingRoomSettings = {
  /** How often the waiting rooms are looked through for cases to route, warn about or let overflow. */
  SWEEP_EVERY_MS: integer(5_000, 100, 60_000),
}
