// Runs in a subgraph's folder: Prisma's client from prisma/schema.prisma.
// The CLI wants a schema engine on disk for every command, though generating needs none: any executable will do.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const prisma = require.resolve('prisma/package.json')
const { bin } = require(prisma)
const { status } = spawnSync(
  process.execPath,
  [join(dirname(prisma), bin.prisma), 'generate', '--no-hints', '--schema', 'prisma/schema.prisma'],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  },
)
process.exit(status ?? 1)
