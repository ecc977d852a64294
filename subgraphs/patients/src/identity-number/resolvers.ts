import { FieldResolver, Resolver, Root } from 'type-graphql'
import { Patient } from '../patient/schema.js'
import { Identifier, toIdentifier } from './schema.js'

@Resolver(() => Patient)
export class IdentityNumberResolver {
  @FieldResolver(() => String, {
    description: 'Personal identity number (personnummer) or co-ordination number that she has now: 12 digits.',
  })
  personalIdentityNumber(@Root() { row }: Patient): string | undefined {
    return row.numbers[0]?.number
  }

  @FieldResolver(() => [Identifier], {
    description: 'All numbers that she has or had, the current one first: by each of them she is the same patient.',
  })
  identifier(@Root() { row }: Patient): Identifier[] {
    return row.numbers.map(toIdentifier)
  }
}
