export * from './bus.js'
export * from './catalogue.js'
export * from './hints.js'
