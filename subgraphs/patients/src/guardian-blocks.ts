import { decideGuardianBlocks } from './guardianship/store.js'
import { runLoader } from './register/load-file.js'

/** `node dist/guardian-blocks.js FILE`: what units have decided about guardians; safe to run again. The register's import has no part in it. [R20] */
await runLoader(
  'node dist/guardian-blocks.js FILE: a JSON file with blocks and lifts',
  'the blocks are stored',
  decideGuardianBlocks,
)
