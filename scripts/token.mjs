// npm run -s token -- astrid: prints a bearer token of a test person, and nothing else.
const [person] = process.argv.slice(2)
const port = process.env.VARDGRAF_PORT_SANDBOX ?? Number(process.env.VARDGRAF_PORT ?? 4000) + 5

function fail(line) {
  console.error(line)
  process.exit(1)
}

if (!Number.isInteger(Number(port))) fail('VARDGRAF_PORT must be a port from 1 to 65535')
if (!person) fail('npm run -s token -- <test person>, such as astrid')
const response = await fetch(`http://localhost:${port}/token?person=${encodeURIComponent(person)}`).catch(() =>
  fail(`no sandbox answers on port ${port}: run npm start first, or set VARDGRAF_PORT_SANDBOX`),
)
const answer = await response.json().catch(() => null)
if (answer?.persons) fail(`${answer.error}; there are ${answer.persons.join(', ')}`)
if (!answer?.access_token)
  fail(`what answers on port ${port} is no sandbox: set VARDGRAF_PORT_SANDBOX, or VARDGRAF_PORT as for npm start`)
console.log(answer.access_token)
