export * from './postgres/index.js'
export { freePort } from './postgres/shared.js'
export * from './service-keys.js'
