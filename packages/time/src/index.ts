export * from './stockholm.js'
