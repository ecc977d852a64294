import { writeFileSync } from 'node:fs'
import { emitSchema } from '@vardgraf/subgraph'
import { definition } from './subgraph.js'

// `npm run schema`: the committed SDL.
writeFileSync(new URL('../schema.graphql', import.meta.url), emitSchema(definition))
