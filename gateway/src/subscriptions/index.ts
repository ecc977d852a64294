export { federatedOperations } from './federated.js'
export type { Identity } from './ports.js'
export { defaultStreamServerOptions, StreamServer } from './server.js'
export { Upstreams } from './upstreams.js'
