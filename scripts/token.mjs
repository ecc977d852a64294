// npm run -s token -- astrid: prints a bearer token of a test person, and nothing else.
import { fail } from './prepare.mjs'
import { tokenOf } from './sandbox.mjs'

const [person, ...more] = process.argv.slice(2)
if (!person || more.length > 0) fail('npm run -s token -- <test person>, such as astrid')
console.log(await tokenOf(person))
