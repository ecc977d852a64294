import 'reflect-metadata'
import { connectionOf } from '@vardgraf/relay'
import { type IRule, rule } from 'graphql-shield'
import { buildSchemaSync, Field, FieldResolver, ObjectType, Query, Resolver } from 'type-graphql'
import { describe, expect, it } from 'vitest'
import { Access, accessTable, declaredAccess, refuseDeclared } from './declared.js'
import { allow } from './permissions.js'

const [ofType, ofField, ofQuery]: IRule[] = ['type', 'field', 'query'].map((name) => rule(name)(() => true))
const declared = (resolver: new () => object) =>
  declaredAccess(buildSchemaSync({ resolvers: [resolver], validate: false })) as unknown as Record<
    string,
    Record<string, unknown>
  >

@Access(ofType as IRule)
@ObjectType()
class Door {
  @Field(() => String)
  label!: string

  @Access(ofField as IRule)
  @Field(() => String)
  code!: string
}
const { ConnectionType: DoorConnection } = connectionOf(() => Door, 'Door')

@Resolver(() => Door)
class DoorResolver {
  @Access(ofQuery as IRule)
  @Query(() => DoorConnection)
  doors() {
    return null
  }

  @Access(ofQuery as IRule)
  @FieldResolver(() => String)
  lock() {
    return ''
  }

  @FieldResolver(() => String)
  handle() {
    return ''
  }
}

@ObjectType()
class Window {
  @Field(() => String)
  pane!: string
}

@Resolver()
class WindowResolver {
  @Query(() => Window)
  window() {
    return null
  }
}

describe('declared access', () => {
  it('is that of the field, or else of its type, also for what a resolver adds', () => {
    expect(declared(DoorResolver)).toMatchObject({
      Query: { doors: ofQuery },
      Door: { label: ofType, handle: ofType },
    })
  })

  it('of a field is added to that of its type, and never replaces it', () => {
    const table = accessTable(declared(DoorResolver) as never)
    expect(table).toMatchObject({
      'Door.code': 'RuleAnd(type, field)',
      'Door.lock': 'RuleAnd(type, query)',
      'Door.label': 'type',
    })
  })

  it('on a resolver class is refused, since it would have no effect', () => {
    @Access(ofQuery as IRule)
    @Resolver()
    class Sealed {}
    expect(() => refuseDeclared([DoorResolver, Sealed])).toThrow('declare it at each method of Sealed')
    expect(() => refuseDeclared([DoorResolver])).not.toThrow()
  })

  it('of a page is open: its items have declarations of their own', () => {
    expect(declared(DoorResolver)).toMatchObject({
      DoorConnection: { edges: allow, pageInfo: allow },
      DoorEdge: { node: allow, cursor: allow },
      PageInfo: { hasNextPage: allow },
    })
  })

  it('that is missing is told with every place', () => {
    expect(() => declared(WindowResolver)).toThrow('Query.window, Window.pane')
  })
})
