import { readFileSync } from 'node:fs'
import { type Carried, carriedOn, type Example, filledIn, loadExamples, readExample } from '@vardgraf/gateway/examples'
import { borrowGraph, type TestGraph, waiting } from '@vardgraf/testing'
import {
  buildClientSchema,
  type FormattedExecutionResult,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
  validate,
} from 'graphql'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'

/** A Sunday, when the health centre is closed until Monday: the story moves the clock by itself. */
const SUNDAY = '2026-11-22T12:00:00+01:00'

/** Why an example cannot be run as it is. */
function faults(example: Example, schema: GraphQLSchema, persons: readonly string[]): string[] {
  const stranger = example.person !== null && !persons.includes(example.person)
  return [
    ...(stranger ? [`no test person ${example.person}`] : []),
    ...validate(schema, parse(example.query)).map(({ message }) => message),
  ]
}

type Answer = Pick<FormattedExecutionResult, 'data' | 'errors'>

/** Rule ids and sources in square brackets, as comments in code have them. */
const mark = /\[(?:[SLD]|[RA]\d{1,2})(?:\s*[,;][^\]]*)?\]/

const examples = await loadExamples()
const named = examples.map((example) => [`${example.number} ${example.title}`, example] as const)

describe('the saved examples', () => {
  let graph: TestGraph
  let schema: GraphQLSchema
  let persons: string[]
  /** Values passed from one example to the next, as on the page. */
  let carried: Carried = {}

  beforeAll(async () => {
    graph = await borrowGraph()
    await graph.clock.set(SUNDAY, { running: true })
    const { data } = await graph.query<IntrospectionQuery>({ query: getIntrospectionQuery() })
    schema = buildClientSchema(data as IntrospectionQuery)
    const answer = await fetch(`${graph.address('sandbox')}/persons`)
    persons = ((await answer.json()) as { persons: { key: string }[] }).persons.map(({ key }) => key)
  })
  afterAll(() => graph.stop())

  it('are numbered without a gap, and tell whom to log in as and what they show', () => {
    expect(examples.map(({ number }) => Number(number))).toEqual(examples.map((_, index) => index + 1))
    const rules = JSON.parse(readFileSync(new URL('../../docs/rules.json', import.meta.url), 'utf8')) as { id: string }[]
    expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(examples.flatMap((example) => example.rules)))
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['query', 'mutation', 'subscription']))
  })

  it.each([
    ['a person who does not exist', '# Log in as: agnes', '{ me { kind } }', 'no test person agnes'],
    ['a field that does not exist', '# Log in as: astrid', '{ me { shoeSize } }', 'shoeSize'],
    ['a variable of another type', '# Log in as: astrid', 'query A($id: Int!) { careCase(id: $id) { id } }', '$id'],
  ])('fail with %s', (_, person, query, fault) => {
    const example = readExample('99-made-up.graphql', `# Made up\n${person}\n# Rules: R1\n${query}`)
    expect(faults(example, schema, persons).join()).toContain(fault)
  })

  it('fail when they name no person', () => {
    expect(() => readExample('99-made-up.graphql', '# Made up\n# Rules: R1\n{ me { kind } }')).toThrow('Log in as')
  })

  it.each(named)('%s: runs as it stands, in its place in the story', async (_, example) => {
    expect(faults(example, schema, persons)).toEqual([])
    const { variables, missing } = filledIn(example.takes, carried, () => crypto.randomUUID())
    expect(missing, 'given by an earlier example').toEqual([])

    const run = async (): Promise<void> => {
      const { data, errors } = await answer(example, variables)
      expect(errors ?? []).toEqual([])
      expect(refusals(data)).toEqual([])
      expect(Object.values(data ?? {})).not.toContain(null)
      expect(JSON.stringify(data), 'people read words, not marks of rules or sources').not.toMatch(mark)
      const given = carriedOn({}, example.gives, data)
      expect(Object.keys(given)).toEqual(example.gives.map(({ name }) => name))
      carried = { ...carried, ...given }
    }
    // An SMS is sent shortly after the change that it is about, so a query may be repeated.
    await (example.kind === 'query' ? vi.waitFor(run, { ...waiting, interval: 200 }) : run())
  })

  const answer = (example: Example, variables: Record<string, string>): Promise<Answer> =>
    example.kind === 'subscription' ? firstEvent(example, variables) : answerTo(example, variables)

  const answerTo = ({ query, person }: Example, variables: object) =>
    graph.query({ query, variables, ...(person && { as: person }) }) as Promise<Answer>

  async function firstEvent({ query, person }: Example, variables: Record<string, string>): Promise<Answer> {
    const client = createClient({
      url: graph.wsUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => (person ? { authorization: `Bearer ${await graph.token(person)}` } : {}),
    })
    try {
      for await (const event of client.iterate({ query, variables })) return event
      throw new Error('the stream ended without an event')
    } finally {
      await client.dispose()
    }
  }
})

/** The refusals in an answer, of whatever payload. */
function refusals(data: Answer['data']): unknown[] {
  return Object.values(data ?? {}).flatMap((field) =>
    field !== null && typeof field === 'object' && 'refusal' in field && field.refusal !== null ? [field.refusal] : [],
  )
}
