import { Access, allow } from '@vardgraf/access'
import { Query, Resolver } from 'type-graphql'
import { allErrorCodes, ErrorCode } from './schema.js'

@Resolver()
export class ErrorCodeResolver {
  @Access(allow)
  @Query(() => [ErrorCode], { description: 'Every code that an error or a refusal can carry, in alphabetical order.' })
  errorCodes(): ErrorCode[] {
    return allErrorCodes()
  }
}
