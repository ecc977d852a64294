import { GraphQLError } from 'graphql'

/** How much one operation may ask for. Checked before validation, which a crafted document can make slow. */
export interface Limits {
  bodyBytes: number
  /** Lexical tokens of the document. */
  tokens: number
  depth: number
  /** Fields after fragments are expanded. */
  fields: number
  aliases: number
  rootFields: number
  directives: number
  /** Largest `first` or `last`; 0 for no limit. */
  pageSize: number
  /** Most objects that nested pages may add up to; 0 for no limit. */
  pagedObjects: number
  /** Most requests to subgraphs in one plan. */
  fetches: number
}

export const defaultLimits: Limits = {
  bodyBytes: 262_144,
  tokens: 4_000,
  depth: 16,
  fields: 2_000,
  aliases: 100,
  rootFields: 20,
  directives: 60,
  pageSize: 100,
  pagedObjects: 20_000,
  fetches: 150,
}

type LimitCode = 'OPERATION_TOO_LARGE' | 'OPERATION_TOO_DEEP' | 'OPERATION_TOO_COMPLEX'

/** The error for a limit that is exceeded; it names the limit and its value. */
export const tooMuch = (code: LimitCode, limit: string, max: number): GraphQLError =>
  new GraphQLError('', { extensions: { code, limit, max } })
