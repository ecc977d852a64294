// How dependency-cruiser finds what one workspace imports of another: by its source, so that it follows imports across all of them.
import { fileURLToPath } from 'node:url'
import { sourceFiles } from './workspaces.mjs'

const files = sourceFiles(fileURLToPath(new URL('..', import.meta.url)))

// biome-ignore lint/style/noDefaultExport: dependency-cruiser reads it as it would read webpack's.
export default { resolve: { alias: Object.fromEntries(Object.entries(files).map(([name, file]) => [`${name}$`, file])) } }
