export * from './connections.js'
export * from './cursors.js'
export * from './ids.js'
export * from './node.js'
