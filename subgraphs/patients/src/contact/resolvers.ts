import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { Patient } from '../patient/schema.js'
import { contactById } from './loaders.js'
import { addressOf, PostalAddress } from './schema.js'

@Resolver(() => Patient)
export class ContactResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Phone number; always null when the identity is protected.' })
  async phone(@Root() { row }: Patient, @Ctx() ctx: Context): Promise<string | null> {
    return (await ctx.loader(contactById).load(row.id))?.phone ?? null
  }

  @FieldResolver(() => PostalAddress, {
    nullable: true,
    description: 'Postal address; always null when the identity is protected.',
  })
  async address(@Root() { row }: Patient, @Ctx() ctx: Context): Promise<PostalAddress | null> {
    const contact = await ctx.loader(contactById).load(row.id)
    return contact && addressOf(contact)
  }
}
