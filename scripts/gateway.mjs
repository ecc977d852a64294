// npm run gateway: the gateway alone, on this machine. Production starts gateway/dist/index.js itself.
import { load } from './prepare.mjs'

process.env.NODE_ENV ??= 'development'
await load('gateway/dist/index.js')
