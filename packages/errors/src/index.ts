export * from './codes.js'
export * from './graph-error.js'
