export * from './keys.js'
export * from './postgres.js'
