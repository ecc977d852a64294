// npm run -s token -- astrid: prints a bearer token of a test person, and nothing else.
import { fail, tokenOf } from './sandbox.mjs'

const [person] = process.argv.slice(2)
if (!person) fail('npm run -s token -- <test person>, such as astrid')
console.log(await tokenOf(person))
