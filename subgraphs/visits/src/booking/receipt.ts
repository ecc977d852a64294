import { globalId } from '@vardgraf/relay'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareUnit } from '../neighbours.js'
import { visitTypeOf } from '../visit/names.js'
import { VisitType } from '../visit/schema.js'
import { BookingReceipt } from './schema.js'

@Resolver(() => BookingReceipt)
export class BookingReceiptResolver {
  @FieldResolver(() => CareUnit, { description: 'Where it is.' })
  unit(@Root() { row }: BookingReceipt): CareUnit {
    return { id: globalId('CareUnit', row.unitId) }
  }

  @FieldResolver(() => VisitType, { description: 'What kind of visit it is.' })
  visitType(@Root() { row }: BookingReceipt, @Ctx() ctx: Context): VisitType {
    return visitTypeOf(row, ctx.language)
  }
}
