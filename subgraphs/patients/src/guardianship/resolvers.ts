import { Access, allow } from '@vardgraf/access'
import { globalId } from '@vardgraf/relay'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { patients } from '../patient/access.js'
import { personById } from '../patient/loaders.js'
import { fullName, Patient, toPatient } from '../patient/schema.js'
import { Viewer } from '../viewer/schema.js'
import { childrenOfGuardian, guardiansOfChild } from './loaders.js'
import { mayActAsGuardian } from './rules.js'
import { Guardian } from './schema.js'

@Resolver(() => Patient)
export class ChildResolver {
  @FieldResolver(() => [Guardian], { description: 'Who may act for the child now; empty from the 13th birthday.' })
  async guardians(@Root() { row }: Patient, @Ctx() ctx: Context): Promise<Guardian[]> {
    const pairs = await ctx.loader(guardiansOfChild).load(row.id)
    const acting = pairs.filter((pair) => mayActAsGuardian(pair, ctx.policies, ctx.now()))
    const guardians = await Promise.all(acting.map(({ guardianId }) => ctx.loader(personById).load(guardianId)))
    return guardians
      .filter((guardian) => guardian !== null)
      .map((guardian) => Object.assign(new Guardian(), { displayName: fullName(guardian) }))
  }
}

@Resolver(() => Viewer)
export class GuardianResolver {
  @Access(allow)
  @FieldResolver(() => [Patient], {
    description: 'Children under 13 for whom she may act now, the oldest first; a child is gone from here on her 13th birthday.',
  })
  async mayActFor(@Ctx() ctx: Context): Promise<Patient[]> {
    if (ctx.viewer.kind !== 'PATIENT') return []
    const pairs = await ctx.loader(childrenOfGuardian).load(ctx.viewer.personId)
    const acting = pairs.filter((pair) => mayActAsGuardian(pair, ctx.policies, ctx.now()))
    const children = await Promise.all(acting.map(({ childId }) => patients.find(ctx, globalId('Patient', childId))))
    return children.filter((child) => child !== null).map(toPatient)
  }
}
