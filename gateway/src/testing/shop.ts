import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'

// A small foreign graph with the difficult parts of federation: entities over several subgraphs, @requires, @provides, an interface object,
// unions, lists of lists, values shared by two subgraphs, and types that are hidden from clients.

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible", "@override"])'

const accounts = `${link}
  type Query { me: User  user(id: ID!): User  users(first: Int): [User!]!  account(id: ID!): Account }
  type Mutation { rename(id: ID!, name: String!): User }
  type Subscription { renamed: User }
  type User @key(fields: "id") { id: ID!  name: String @shareable  nick(style: Style): String!  style: Style  friends: [User]  grid: [[User!]]!  address: Address @shareable }
  type Address @shareable { city: String  zip: String! }
  enum Style { SHORT LONG HIDDEN @inaccessible }
  interface Account @key(fields: "id") { id: ID!  label: String }
  type Personal implements Account @key(fields: "id") { id: ID!  label: String  owner: User }
  type Company implements Account @key(fields: "id") { id: ID!  label: String  seats: Int! }
`
const products = `${link}
  type Query { topProducts(first: Int = 3): [Product!]!  search(text: String!): [Found]!  product(upc: ID!): Product }
  union Found = Book | Lamp | Shop
  interface Product { upc: ID!  title: String  price: Int  weight: Float }
  type Book implements Product @key(fields: "upc") { upc: ID!  title: String  price: Int  weight: Float  pages: Int }
  type Lamp implements Product @key(fields: "upc") { upc: ID!  title: String  price: Int  weight: Float  bulb: Bulb! }
  type Bulb { watt: Int!  kind: Kind }
  enum Kind { LED GLOW }
  type Shop @key(fields: "id") { id: ID!  sells: [Product]  manager: User @provides(fields: "name") }
  type User @key(fields: "id") { id: ID!  name: String @external  address: Address @shareable }
  type Address @shareable { city: String  zip: String! }
`
const reviews = `${link}
  type Query { reviews: [Review!]! }
  type Mutation { review(upc: ID!, body: String!): Review }
  type Review @key(fields: "id") { id: ID!  body: String!  stars: Int  author: User  product: Book  strict: User! }
  type User @key(fields: "id") { id: ID!  reviews(stars: Int): [Review]  signature: String @requires(fields: "name address { zip }")  name: String @external  address: Address @external }
  type Address { zip: String! @external }
  type Book @key(fields: "upc") { upc: ID!  reviews: [Review!]  heavy: Boolean @requires(fields: "weight price")  weight: Float @external  price: Int @external }
  type Account @key(fields: "id") @interfaceObject { id: ID!  balance: Int  history: [Review!] }
`

type Row = Record<string, unknown>
const byId = (rows: Row[], key = 'id') => new Map(rows.map((row) => [String(row[key]), row]))

const users = byId([
  { id: '1', name: 'Ada', friends: ['2', '3', 'x'], address: { city: 'Västerås', zip: '72212' } },
  { id: '2', name: '', friends: ['1'], address: { city: null, zip: '0' } },
  { id: '3', name: null, friends: [], address: null },
])
const catalogue = byId(
  [
    { __typename: 'Book', upc: 'b1', title: 'Ett', price: 100, weight: 1.5, pages: 10 },
    { __typename: 'Book', upc: 'b2', title: null, price: 0, weight: null, pages: null },
    { __typename: 'Lamp', upc: 'l1', title: 'Ljus', price: 50, weight: 2, bulb: { watt: 5, kind: 'LED' } },
    { __typename: 'Lamp', upc: 'l2', title: 'Mörk', price: null, weight: 1, bulb: null },
  ],
  'upc',
)
const shops = byId([{ __typename: 'Shop', id: 's1', sells: ['b1', 'l1', 'l2', 'nope'], manager: '1' }])
const written = byId([
  { id: 'r1', body: 'bra', stars: 5, author: '1', upc: 'b1' },
  { id: 'r2', body: 'så där', stars: null, author: '2', upc: 'b2' },
  { id: 'r3', body: 'tja', stars: 1, author: '1', upc: 'gone' },
])
const books = byId(
  [...catalogue.values()].filter((p) => p.__typename === 'Book'),
  'upc',
)
const ledger = byId([
  { __typename: 'Personal', id: 'a1', label: 'eget', owner: '1', balance: 7 },
  { __typename: 'Company', id: 'a2', label: null, seats: 3, balance: null },
])

const user = (id: unknown): Row | null => users.get(String(id)) ?? null
const nickOf = (u: Row, { style }: { style?: string }): string => (style === 'LONG' ? `${u.name} den store` : String(u.id))

const resolvers = {
  accounts: {
    Query: {
      me: () => user(1),
      user: (_: unknown, { id }: Row) => user(id),
      users: (_: unknown, { first }: { first?: number }) => [...users.values()].slice(0, first ?? 99),
      account: (_: unknown, { id }: Row) => ledger.get(String(id)) ?? null,
    },
    Mutation: { rename: (_: unknown, { id, name }: Row) => user(id) && { ...user(id), name } },
    User: {
      __resolveReference: ({ id }: Row) => user(id),
      nick: nickOf,
      style: (u: Row) => (u.id === '2' ? 'HIDDEN' : 'LONG'),
      friends: (u: Row) => (u.friends as string[]).map(user),
      grid: (u: Row) => [[u], null, (u.friends as string[]).map(user).filter(Boolean)],
    },
    Account: { __resolveReference: ({ id }: Row) => ledger.get(String(id)) ?? null, __resolveType: (a: Row) => a.__typename },
    Personal: { owner: (a: Row) => user(a.owner) },
  },
  products: {
    Query: {
      topProducts: (_: unknown, { first }: { first: number }) =>
        [...catalogue.values()].filter((p) => p.upc !== 'l2').slice(0, first),
      search: (_: unknown, { text }: Row) => [
        catalogue.get(String(text)) ?? null,
        shops.get('s1'),
        catalogue.get('b2'),
        catalogue.get('l1'),
      ],
      product: (_: unknown, { upc }: Row) => catalogue.get(String(upc)) ?? null,
    },
    Product: { __resolveType: (p: Row) => p.__typename },
    Found: { __resolveType: (p: Row) => p.__typename },
    Book: { __resolveReference: ({ upc }: Row) => books.get(String(upc)) ?? null },
    Lamp: { __resolveReference: ({ upc }: Row) => catalogue.get(String(upc)) ?? null },
    Shop: {
      __resolveReference: ({ id }: Row) => shops.get(String(id)) ?? null,
      sells: (s: Row) => (s.sells as string[]).map((upc) => catalogue.get(upc) ?? null),
      manager: (s: Row) => user(s.manager),
    },
    User: { __resolveReference: ({ id }: Row) => user(id), address: (u: Row) => user(u.id)?.address ?? null },
  },
  reviews: {
    Query: { reviews: () => [...written.values()] },
    Mutation: { review: (_: unknown, { upc, body }: Row) => ({ id: 'new', body, stars: 3, author: '1', upc }) },
    Review: {
      __resolveReference: ({ id }: Row) => written.get(String(id)) ?? null,
      author: (r: Row) => ({ id: r.author }),
      strict: (r: Row) => ({ id: r.id === 'r3' ? 'nobody' : r.author }),
      product: (r: Row) => ({ upc: r.upc }),
    },
    User: {
      __resolveReference: (reference: Row) => reference,
      reviews: ({ id }: Row, { stars }: Row) =>
        [...written.values()].filter((r) => r.author === id && (stars == null || r.stars === stars)),
      signature: (u: Row) => `${u.name}/${(u.address as Row | null)?.zip}`,
    },
    Book: {
      __resolveReference: (reference: Row) => reference,
      reviews: ({ upc }: Row) => [...written.values()].filter((r) => r.upc === upc),
      heavy: (b: Row) => {
        if (b.weight === null) throw new Error('no weight')
        return Number(b.weight) > 1
      },
    },
    Account: {
      __resolveReference: ({ id }: Row) => (ledger.has(String(id)) ? { id } : null),
      balance: ({ id }: Row) => ledger.get(String(id))?.balance ?? null,
      history: ({ id }: Row) => (id === 'a1' ? [...written.values()].slice(0, 2) : []),
    },
  },
}

const sdl = { accounts, products, reviews }

/** The subgraphs' executable schemas, by name. */
export function shopSchemas(): Map<string, GraphQLSchema> {
  return new Map(
    Object.entries(sdl).map(([name, text]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(text), resolvers: resolvers[name as keyof typeof resolvers] as never }]),
    ]),
  )
}

/** The composed supergraph. @param urls service name → address */
export function shopSupergraph(urls: (service: string) => string = (service) => `http://${service}.invalid/graphql`): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(sdl).map(([name, text]) => ({ name, url: urls(name), typeDefs: parse(text) })),
  )
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'))
  return supergraphSdl
}
