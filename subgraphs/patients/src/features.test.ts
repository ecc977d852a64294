import { readdirSync, readFileSync } from 'node:fs'
import { accessTable } from '@vardgraf/access'
import { buildSchema, emitSchema, permissionsIn } from '@vardgraf/service'
import { isEnumType, isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { features } from './features.js'

const file = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

describe('the schema', () => {
  it('[A7] who may read each field is as committed: a change of it is a change in review', () => {
    expect(accessTable(permissionsIn(features))).toEqual(JSON.parse(file('access.json')))
  })

  it('says of every type, field, argument and value what it is', () => {
    const silent = Object.values(buildSchema(features).getTypeMap())
      .filter(({ name }) => !name.startsWith('_') && !name.includes('__'))
      .flatMap((type) => {
        const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []
        const values = isEnumType(type) ? type.getValues() : []
        const parts = [...fields, ...fields.flatMap(({ args }) => args), ...values].filter(
          ({ name }) => !name.startsWith('_') && name !== 'representations',
        )
        return [...(type.name === 'Query' ? [] : [type]), ...parts]
          .filter(({ description }) => !description)
          .map(({ name }) => `${type.name}: ${name}`)
      })
    expect(silent).toEqual([])
  })

  it('is committed as emitted', () => {
    expect(emitSchema(features)).toBe(file('schema.graphql'))
  })
})

it('the migrations lead to the data model', () => {
  const migrations = readdirSync(new URL('../prisma/migrations', import.meta.url), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  const last = migrations
    .map(({ name }) => name)
    .sort()
    .at(-1)
  expect(file(`prisma/migrations/${last}/schema.prisma`)).toBe(file('prisma/schema.prisma'))
})
