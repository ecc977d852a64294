/**
 * npm run new -- feature <subgraph> <name> [--dry-run]: a feature that passes every check, for its author to rename and change.
 *
 * What it holds is in scripts/new: `stored` for a subgraph with a database, `computed` for one without. It lands whole, or not at all:
 * when a step fails, or Ctrl-C ends it, every file is again as it was.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { landing } from './new/landing.mjs'
import { plan, Refused } from './new/plan.mjs'
import { fail, prepare, root } from './prepare.mjs'

const usage = 'npm run new -- feature <subgraph> <name> [--dry-run], the name in lower case with -, such as care-plan'

const dry = process.argv.includes('--dry-run')
const [what, subgraph, name, ...more] = process.argv.slice(2).filter((each) => each !== '--dry-run')
if (what !== 'feature' || !subgraph || !name || more.length > 0) fail(usage)

const feature = planned()
if (dry) {
  console.log(`npm run new would write:\n${list([...feature.created, ...(feature.migration ? [`${feature.migration}/`] : [])])}`)
  console.log(`and change:\n${list(feature.edited)}`)
  console.log(`and regenerate, where they differ:\n${list(feature.generated)}`)
  process.exit(0)
}
// The migration and the SDL are made by what is built.
if (process.env.VARDGRAF_PREPARED !== 'true') await prepare()
try {
  const { created, changed } = await landing(root, feature)
  console.log(`\n✓ ${name} is a feature of ${subgraph}. Written:\n${list(created)}\nChanged:\n${list(changed)}`)
  console.log(readFileSync(join(root, 'scripts/new/next-steps.txt'), 'utf8').replaceAll('<feature>', feature.folder).trimEnd())
} catch (error) {
  if (!(error instanceof Refused)) throw error
  fail(`${error.message}\nnothing was written: every file is as it was`)
}

function planned() {
  try {
    return plan(root, subgraph, name)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return fail(error.message)
  }
}

/** @param {string[]} files */
function list(files) {
  return files.map((file) => `  ${file}`).join('\n')
}
