// npm run gateway: the gateway alone, on this machine. Production starts gateway/dist/index.js itself.
process.env.NODE_ENV ??= 'development'
await import('../gateway/dist/index.js')
