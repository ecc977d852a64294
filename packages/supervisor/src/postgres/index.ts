export { BrokenDataFolder, PortTaken } from './cluster.js'
export { type KeptServer, ownServer } from './owned.js'
export { leaseServer } from './shared.js'
