export * from './durations.js'
export * from './stockholm.js'
