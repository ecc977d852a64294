export { BrokenDataFolder, PortTaken } from './cluster.js'
export { type DatabaseUrls, makeLogins } from './logins.js'
export { type KeptServer, ownServer } from './owned.js'
export { leaseServer } from './shared.js'
