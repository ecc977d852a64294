import 'reflect-metadata'
import { GraphError } from '@vardgraf/errors'
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql'

const MAX_PAGE = 100

/** How much of a list: `first` from 1 to 100 is required, `after` continues behind a cursor. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { description: 'How many at the most: 1 to 100.' })
  first!: number

  @Field(() => String, { nullable: true, description: 'Continue behind the item with this cursor.' })
  after?: string
}

/** @throws GraphError BAD_USER_INPUT when `first` is out of bounds. */
export function pageSize({ first }: Pick<ConnectionArgs, 'first'>): number {
  if (first < 1 || first > MAX_PAGE) throw new GraphError('BAD_USER_INPUT', { argument: 'first', expected: `1 to ${MAX_PAGE}` })
  return first
}

/** Where a page stands in the whole list. */
@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in the whole list (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'There is more behind this page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'There is something before this page.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first item.' })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Cursor of the last item.' })
  endCursor!: string | null
}

export interface Edge<T> {
  cursor: string
  node: T
}
export interface Connection<T> {
  edges: Edge<T>[]
  pageInfo: PageInfo
}

/** The classes `<Name>Connection` and `<Name>Edge` of a node type; declare them once a type. */
export function connectionOf<T extends object>(node: () => ClassType<T>, name: string) {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its cursor.` })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Opaque place of the item in the list.' })
    cursor!: string

    @Field(node, { description: 'The item.' })
    node!: T
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} (Relay).` })
  class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType], { description: 'The items of the page, in order.' })
    edges!: EdgeType[]

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo
  }
  return { ConnectionType, EdgeType }
}

/**
 * Cuts a page out of rows that were read with `limit first + 1` behind the cursor.
 * `cursorOf` must give what the reader sorts by, so that a page stays in place when rows are added.
 */
export function toConnection<R, T>(
  rows: readonly R[],
  { first, after }: ConnectionArgs,
  cursorOf: (row: R) => string,
  nodeOf: (row: R) => T,
): Connection<T> {
  const edges = rows.slice(0, first).map((row) => ({ cursor: encodeCursor(cursorOf(row)), node: nodeOf(row) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined && after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

export const encodeCursor = (value: string): string => Buffer.from(value).toString('base64url')

/** The text behind a cursor, or null without one.
 *  @throws GraphError BAD_USER_INPUT when it is not a cursor. */
export function decodeCursor(cursor: string | null | undefined): string | null {
  if (cursor === null || cursor === undefined) return null
  const value = Buffer.from(cursor, 'base64url').toString()
  if (encodeCursor(value) !== cursor)
    throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor from an earlier page' })
  return value
}
