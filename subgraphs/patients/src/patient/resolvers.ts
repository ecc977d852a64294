import { GraphError } from '@vardgraf/errors'
import { serviceEligibility } from '@vardgraf/policy'
import { localId } from '@vardgraf/relay'
import { ageAt } from '@vardgraf/time'
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import { CareUnit, toCareUnit } from '../care-unit/schema.js'
import { addressOf, PostalAddress } from '../contact/schema.js'
import type { Context } from '../context.js'
import { ServiceEligibility } from '../eligibility/schema.js'
import { mayActAsGuardian } from '../guardianship/rules.js'
import { visiblePatient } from './access.js'
import { fullName, Guardian, Patient } from './schema.js'

@Resolver(() => Patient)
export class PatientResolver {
  @Query(() => Patient, {
    nullable: true,
    description: 'A patient by global id; null for one who does not exist or whom the viewer may not see.',
  })
  patient(
    @Arg('id', () => ID, { description: 'Global id of a patient.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Patient | null> {
    return visiblePatient(ctx, localId(id, 'Patient'))
  }

  @Query(() => [ServiceEligibility], {
    nullable: true,
    description:
      'Which services with an age limit are open to a patient; null for one who does not exist or whom the viewer may not see. `REGION_UNKNOWN` while no region’s rules are known to be hers.',
  })
  async serviceEligibility(
    @Arg('patientId', () => ID, { description: 'Global id of a patient.' }) patientId: string,
    @Ctx() ctx: Context,
  ): Promise<ServiceEligibility[] | null> {
    const patient = await visiblePatient(ctx, localId(patientId, 'Patient'))
    if (!patient) return null
    const { region } = patient
    if (region === null || !ctx.policies.regions.includes(region)) throw new GraphError('REGION_UNKNOWN', {}, ctx.language)
    return serviceEligibility(ctx.policies.policyFor(region, ctx.now()), patient, ctx.now())
  }

  @FieldResolver(() => Int, { description: 'Age in whole years; a birthday takes effect at midnight in Stockholm.' })
  age(@Root() patient: Patient, @Ctx() ctx: Context): number {
    return ageAt(patient.birthDate, ctx.now())
  }

  @FieldResolver(() => String, { nullable: true, description: 'Phone number; always null when the identity is protected.' })
  async phone(@Root() patient: Patient, @Ctx() ctx: Context): Promise<string | null> {
    return (await ctx.load.contacts.load(patient.personId))?.phone ?? null
  }

  @FieldResolver(() => PostalAddress, {
    nullable: true,
    description: 'Postal address; always null when the identity is protected.',
  })
  async address(@Root() patient: Patient, @Ctx() ctx: Context): Promise<PostalAddress | null> {
    const contact = await ctx.load.contacts.load(patient.personId)
    return contact && addressOf(contact)
  }

  @FieldResolver(() => CareUnit, { nullable: true, description: 'The health centre where she is listed (listad).' })
  async listedAt(@Root() patient: Patient, @Ctx() ctx: Context): Promise<CareUnit | null> {
    const row = patient.listedUnitId === null ? null : await ctx.load.careUnits.load(patient.listedUnitId)
    return row && toCareUnit(row)
  }

  @FieldResolver(() => [Guardian], { description: 'Who may act for the child now; empty from the 13th birthday.' })
  async guardians(@Root() patient: Patient, @Ctx() ctx: Context): Promise<Guardian[]> {
    const pairs = await ctx.load.guardiansOfChild.load(patient.personId)
    const own = pairs.filter((pair) => mayActAsGuardian(pair, ctx.now()))
    const guardians = await Promise.all(own.map(({ guardianId }) => ctx.load.persons.load(guardianId)))
    return guardians.filter((row) => row !== null).map((row) => Object.assign(new Guardian(), { displayName: fullName(row) }))
  }
}
