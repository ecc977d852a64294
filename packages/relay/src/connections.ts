import 'reflect-metadata'
import { GraphError } from '@vardgraf/errors'
import { allow } from 'graphql-shield'
import { ArgsType, type ClassType, Directive, Extensions, Field, Int, ObjectType } from 'type-graphql'

const MAX_PAGE = 100

/** The same as `@Access(allow)`, whose package depends on this one. A page holds only its items, and they have declarations of their own. */
const Open = () => Extensions({ access: allow })

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
@Open()
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
  @Open()
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its cursor.` })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Opaque place of the item in the list.' })
    cursor!: string

    @Field(node, { description: 'The item.' })
    node!: T
  }

  @Open()
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
 * `cursorOf` gives the cursor of a row, by the `ListCursor` of the list.
 */
export function toConnection<R, T>(
  rows: readonly R[],
  { first, after }: ConnectionArgs,
  cursorOf: (row: R) => string,
  nodeOf: (row: R) => T,
): Connection<T> {
  const edges = rows.slice(0, first).map((row) => ({ cursor: cursorOf(row), node: nodeOf(row) }))
  return connectionWith(edges, rows.length > first, after)
}

/**
 * The same for things that belong to patients. Access to each is decided and logged before anything of the page leaves, also a cursor or
 * a count; one statement logs them all. What the viewer may not see is left out. [A1, A3]
 */
export async function toVisibleConnection<R, T>(
  rows: readonly R[],
  { first, after }: ConnectionArgs,
  isVisible: (row: R) => Promise<boolean>,
  cursorOf: (row: R) => string,
  nodeOf: (row: R) => T,
): Promise<Connection<T>> {
  const page = rows.slice(0, first)
  const visible = await Promise.all(page.map(isVisible))
  const edges = page.flatMap((row, index) => (visible[index] ? [{ cursor: cursorOf(row), node: nodeOf(row) }] : []))
  return connectionWith(edges, rows.length > first, after)
}

function connectionWith<T>(edges: Edge<T>[], hasNextPage: boolean, after: string | null | undefined): Connection<T> {
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after !== undefined && after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
