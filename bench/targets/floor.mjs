// The floor: the same eight upstream requests in the same order, joined by hand. No GraphQL, no authentication, no log.
// `transport` is the cheapest way to use undici; `FLOOR_TRANSPORT=request` uses its usual one.
import { createServer } from 'node:http'
import { Pool } from 'undici'

const { accounts, products, inventory, reviews } = JSON.parse(process.env.UPSTREAMS)
const pools = Object.fromEntries(
  Object.entries({ accounts, products, inventory, reviews }).map(([name, url]) => [
    name,
    new Pool(new URL(url).origin, { connections: 128, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 }),
  ]),
)

const byRequest = async (name, body, headers) => {
  const answer = await pools[name].request({ method: 'POST', path: '/graphql', headers, body })
  return JSON.parse(await answer.body.text())
}

const byDispatch = (name, body, headers) =>
  new Promise((resolve, reject) => {
    const chunks = []
    pools[name].dispatch(
      { method: 'POST', path: '/graphql', headers, body },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData: (_, chunk) => chunks.push(chunk),
        onResponseEnd: () => resolve(JSON.parse(chunks.length === 1 ? chunks[0].toString() : Buffer.concat(chunks).toString())),
        onResponseError: (_, error) => reject(error),
      },
    )
  })
const transport = process.env.FLOOR_TRANSPORT === 'request' ? byRequest : byDispatch

const entityQuery = (text) =>
  `{"query":"query($representations:[_Any!]!){_entities(representations:$representations){${text}}}","variables":{"representations":[`
const queries = {
  user: '{"query":"query($id:ID!){user(id:$id){__typename id name}}","variables":{"id":',
  top: '{"query":"query($first:Int!){topProducts(first:$first){__typename upc name price weight}}","variables":{"first":',
  userReviews: entityQuery('...on User{reviews{body stars product{__typename upc}}}'),
  products: entityQuery('...on Product{name price weight}'),
  shipping: entityQuery('...on Product{shippingEstimate}'),
  inventory: entityQuery('...on Product{inStock shippingEstimate}'),
  productReviews: entityQuery('...on Product{reviews{body author{__typename id}}}'),
  authors: entityQuery('...on User{name username}'),
}

const unique = (items, key) => [...new Map(items.map((item) => [item[key], item])).values()]

/** Asks for entities and gives back a lookup by key. */
async function entities(send, name, query, refs, key, text) {
  const distinct = unique(refs, key)
  const { data } = await send(name, `${query}${distinct.map(text).join(',')}]}}`)
  return new Map(distinct.map((ref, i) => [ref[key], data._entities[i]]))
}

const userRef = ({ id }) => `{"__typename":"User","id":${JSON.stringify(id)}}`
const productRef = ({ upc }) => `{"__typename":"Product","upc":${JSON.stringify(upc)}}`
const pricedRef = ({ upc, price, weight }) =>
  `{"__typename":"Product","upc":${JSON.stringify(upc)},"price":${price},"weight":${weight}}`

async function userBranch(send, id) {
  const { user } = (await send('accounts', `${queries.user}${JSON.stringify(id)}}}`)).data
  const found = await entities(send, 'reviews', queries.userReviews, [user], 'id', userRef)
  const { reviews: written } = found.get(user.id)
  const refs = written.map((review) => review.product)
  const details = await entities(send, 'products', queries.products, refs, 'upc', productRef)
  const priced = [...details].map(([upc, detail]) => ({ upc, ...detail }))
  const shipping = await entities(send, 'inventory', queries.shipping, priced, 'upc', pricedRef)
  return {
    name: user.name,
    reviews: written.map(({ body, stars, product: { upc } }) => {
      const { name, price } = details.get(upc)
      return { body, stars, product: { name, price, ...shipping.get(upc) } }
    }),
  }
}

async function topBranch(send, first) {
  const { topProducts } = (await send('products', `${queries.top}${first}}}`)).data
  const authored = async () => {
    const found = await entities(send, 'reviews', queries.productReviews, topProducts, 'upc', productRef)
    const authors = [...found.values()].flatMap((p) => p.reviews.map((r) => r.author))
    return { found, people: await entities(send, 'accounts', queries.authors, authors, 'id', userRef) }
  }
  const [stock, { found, people }] = await Promise.all([
    entities(send, 'inventory', queries.inventory, topProducts, 'upc', pricedRef),
    authored(),
  ])
  return topProducts.map(({ upc, name, price }) => ({
    name,
    price,
    ...stock.get(upc),
    reviews: found.get(upc).reviews.map(({ body, author }) => ({ body, author: people.get(author.id) })),
  }))
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString())
    const headers = [
      'content-type',
      'application/json',
      'accept',
      'application/json',
      'authorization',
      request.headers.authorization,
    ]
    const send = (name, body) => transport(name, body, headers)
    const [user, topProducts] = await Promise.all([userBranch(send, variables.id), topBranch(send, variables.first)])
    const text = JSON.stringify({ data: { user, topProducts } })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
  })
})
server.listen(Number(process.env.PORT), '127.0.0.1')
