import { Access, allow } from '@vardgraf/access'
import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { IdentityNumberKind } from '../generated/prisma/enums.js'
import type { PersonRow } from '../patient/loaders.js'

registerEnumType(IdentityNumberKind, {
  name: 'IdentifierType',
  description: 'What kind of number it is.',
  valuesConfig: {
    PERSONAL_IDENTITY_NUMBER: { description: 'Personal identity number (personnummer).' },
    COORDINATION_NUMBER: { description: 'Co-ordination number (samordningsnummer): 60 is added to the day of birth.' },
  },
})

export const IdentifierUse = { OFFICIAL: 'OFFICIAL', OLD: 'OLD' } as const
export type IdentifierUse = keyof typeof IdentifierUse

registerEnumType(IdentifierUse, {
  name: 'IdentifierUse',
  description: 'Whether it is the number that she has now.',
  valuesConfig: {
    OFFICIAL: { description: 'The current one.' },
    OLD: { description: 'One that another has taken the place of; it is still hers and nobody else’s.' },
  },
})

@Access(allow)
@ObjectType({ description: 'A number by which the population register knows, or knew, a person (FHIR Patient.identifier).' })
export class Identifier {
  @Field(() => String, { description: '12 digits.' })
  value!: string

  @Field(() => IdentityNumberKind, { description: 'What kind of number it is.' })
  type!: IdentityNumberKind

  @Field(() => IdentifierUse, { description: 'Whether it is the number that she has now.' })
  use!: IdentifierUse

  @Field(() => Date, { description: 'When the graph was told of it.' })
  start!: Date

  @Field(() => Date, { nullable: true, description: 'When another took its place; null for the current one.' })
  end!: Date | null
}

export const toIdentifier = ({ number, kind, validFrom, validUntil }: PersonRow['numbers'][number]): Identifier =>
  Object.assign(new Identifier(), {
    value: number,
    type: kind,
    use: validUntil === null ? IdentifierUse.OFFICIAL : IdentifierUse.OLD,
    start: validFrom,
    end: validUntil,
  })
