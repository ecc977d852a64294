export * from './bus.js'
export * from './catalogue.js'
export * from './grants.js'
export * from './hints.js'
