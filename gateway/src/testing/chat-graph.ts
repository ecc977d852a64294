import { composeServices } from '@apollo/composition'
import { GraphError } from '@vardgraf/errors'
import type { PatientViewer } from '@vardgraf/viewer'
import { parse } from 'graphql'
import type { Rooms } from './rooms.js'
import { federated, resolve, startSubgraph, type TestContext, type TestSubgraph, type TrustedKeys } from './stream-subgraphs.js'

// Two subgraphs: rooms with messages, and the people who write them.

const chatSdl = federated(`
  type Query { chatReady: Boolean }
  type Mutation { slowWrite(ms: Int!): String }
  type Subscription { message(room: ID!, after: Int): Message  certain(room: ID!): Message! }
  type Message { number: Int! text: String! author: Person  sender: Person! }
  type Person @key(fields: "id") { id: ID! }
`)
const peopleSdl = federated(`
  type Query { person(id: ID!): Person  seenBy: String! }
  type Person @key(fields: "id") { id: ID! name: String  mustName: String!  seenBy: String  friend: Person }
`)

/** A message as it is posted into a room. */
export const message = (number: number, author = 'ada', text = `m${number}`) => {
  const person = { __typename: 'Person', id: author }
  return { value: { number, text, author: person, sender: person } }
}

const seenBy = (_parent: unknown, _args: unknown, { viewer, language }: TestContext): string =>
  `${(viewer as PatientViewer).personId ?? 'anonymous'} ${language}`

/** What both subgraphs need of the test. */
export interface ChatGraph {
  trusted: TrustedKeys
  now(): Date
}

/** @param wrote called when a `slowWrite` has finished */
export function startChat(graph: ChatGraph, rooms: Rooms, wrote: () => void, port?: number): Promise<TestSubgraph> {
  return startSubgraph({
    ...graph,
    name: 'chat',
    sdl: chatSdl,
    ...(port !== undefined && { port }),
    implement: (schema, subgraph) => {
      for (const name of ['message', 'certain']) {
        const field = schema.getSubscriptionType()?.getFields()[name]
        if (!field) throw new Error(name)
        field.subscribe = (_root: unknown, { room, after }: { room: string; after?: number }) => {
          subgraph.open += 1
          return rooms.follow(room, after ?? 0, () => {
            subgraph.open -= 1
          })
        }
        field.resolve = (post: { value?: unknown; error?: Error }) => {
          if (post.error) throw post.error
          return post.value
        }
      }
      resolve(schema, 'Mutation', 'slowWrite', async (_, { ms }: { ms: number }) => {
        await new Promise((done) => setTimeout(done, ms))
        wrote()
        return 'done'
      })
    },
  })
}

export function startPeople(graph: ChatGraph): Promise<TestSubgraph> {
  let seenAway = false
  return startSubgraph({
    ...graph,
    name: 'people',
    sdl: peopleSdl,
    implement: (schema) => {
      const person = (id: string) => ({ __typename: 'Person', id })
      resolve(schema, 'Query', '_entities', (_, { representations }: { representations: { id: string }[] }) =>
        representations.map(({ id }) => (id === 'gone' ? null : person(id))),
      )
      resolve(schema, 'Query', 'person', (_, { id }: { id: string }) => person(id))
      const name = async ({ id }: { id: string }) => {
        if (id === 'broken') throw new GraphError('FORBIDDEN')
        if (id === 'away' && !seenAway) {
          seenAway = true
          throw new GraphError('TRY_AGAIN_LATER')
        }
        if (id.startsWith('slow')) await new Promise((done) => setTimeout(done, 200))
        return `Name of ${id}`
      }
      resolve(schema, 'Person', 'name', name)
      resolve(schema, 'Person', 'mustName', name)
      resolve(schema, 'Person', 'seenBy', seenBy)
      resolve(schema, 'Query', 'seenBy', seenBy)
    },
  })
}

/** The composed supergraph. */
export function chatSupergraph(chat: TestSubgraph, people: TestSubgraph): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'chat', url: chat.url, typeDefs: parse(chatSdl) },
    { name: 'people', url: people.url, typeDefs: parse(peopleSdl) },
  ])
  if (!supergraphSdl) throw new Error(String(errors))
  return supergraphSdl
}
