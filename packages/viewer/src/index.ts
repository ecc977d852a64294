export * from './keys.js'
export * from './service.js'
export * from './viewer.js'
