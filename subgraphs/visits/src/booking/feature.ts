import { type Feature, GeneralRefusal } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { BookingReceiptResolver } from './receipt.js'
import { BookVisitResolver } from './resolvers.js'

/** Staff book a visit from an ongoing case. [R36] */
export const booking: Feature<Context, Services> = {
  resolvers: [BookVisitResolver, BookingReceiptResolver],
  types: [GeneralRefusal],
}
