// The foreign graph of the benchmark: four subgraphs of a shop, written for this folder and answered from memory.

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])'

export const schemas = {
  accounts: `${link}
    type Query { user(id: ID!): User }
    type User @key(fields: "id") { id: ID!  name: String!  username: String!  birthday: Int }`,
  products: `${link}
    type Query { topProducts(first: Int = 5): [Product!]! }
    type Product @key(fields: "upc") { upc: ID!  name: String!  price: Int!  weight: Int! }`,
  inventory: `${link}
    type Product @key(fields: "upc") {
      upc: ID!  price: Int! @external  weight: Int! @external
      inStock: Boolean!  shippingEstimate: Int! @requires(fields: "price weight")
    }`,
  reviews: `${link}
    type Review @key(fields: "id") { id: ID!  body: String!  stars: Int!  author: User!  product: Product! }
    type User @key(fields: "id") { id: ID!  reviews: [Review!]! }
    type Product @key(fields: "upc") { upc: ID!  reviews: [Review!]! }`,
}

export const services = Object.keys(schemas)
export const userCount = 200
const productCount = 60

const user = (id) => ({ id, name: `Person Number ${id}`, username: `person_${id}`, birthday: 1940 + (Number(id) % 60) })
const product = (upc) => ({
  upc,
  name: `Thing of the shop, number ${upc}`,
  price: 100 + Number(upc) * 7,
  weight: 10 + Number(upc) * 3,
})
const review = (n, author, upc) => ({
  id: `r${n}`,
  body: `Review ${n}: it does what it says, and it came in time.`,
  stars: 1 + (n % 5),
  author: { id: String(author) },
  product: { upc: String(upc) },
})
const reviewsOfUser = (id) =>
  Array.from({ length: 5 }, (_, i) => review(Number(id) * 5 + i, id, (Number(id) * 3 + i * 7) % productCount))
const reviewsOfProduct = (upc) =>
  Array.from({ length: 3 }, (_, i) => review(Number(upc) * 3 + i, (Number(upc) + i * 11) % userCount, upc))

export const resolvers = {
  accounts: { Query: { user: (_, { id }) => user(id) }, User: { __resolveReference: ({ id }) => user(id) } },
  products: {
    Query: {
      topProducts: (_, { first }) => Array.from({ length: first }, (_, i) => product(String((first * 5 + i) % productCount))),
    },
    Product: { __resolveReference: ({ upc }) => product(upc) },
  },
  inventory: {
    Product: {
      __resolveReference: (reference) => reference,
      inStock: ({ upc }) => Number(upc) % 3 !== 0,
      shippingEstimate: ({ price, weight }) => Math.round(price / 10 + weight / 2),
    },
  },
  reviews: {
    User: { __resolveReference: (reference) => reference, reviews: ({ id }) => reviewsOfUser(id) },
    Product: { __resolveReference: (reference) => reference, reviews: ({ upc }) => reviewsOfProduct(upc) },
  },
}

export const query = `query Bench($id: ID!, $first: Int!) {
  user(id: $id) {
    name
    reviews { body stars product { name price shippingEstimate } }
  }
  topProducts(first: $first) {
    name
    price
    inStock
    shippingEstimate
    reviews { body author { name username } }
  }
}`

/** Other variables for each request: 200 users times 6 page sizes. */
export const variablesOf = (n) => ({ id: String(n % userCount), first: 5 + (Math.floor(n / userCount) % 6) })
