export * from './keys.js'
export * from './postgres.js'
export * from './statements.js'
