export * from './by-region.js'
export * from './load.js'
export * from './rules.js'
