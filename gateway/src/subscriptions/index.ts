export { federatedOperations } from './federated.js'
export { defaultStreamServerOptions, StreamServer } from './server.js'
export { Upstreams } from './upstreams.js'
