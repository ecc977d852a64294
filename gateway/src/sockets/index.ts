export { Upstreams } from '../upstream/sockets.js'
export { federatedOperations } from './federated.js'
export { defaultStreamServerOptions, StreamServer } from './server.js'
