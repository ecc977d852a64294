import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { workspaces } from './workspaces.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What code marks rules and sources by, in square brackets. People read words. */
const mark = /\[(?:[SLD]|[RA]\d{1,2})(?:\s*[,;][^\]]*)?\]/

/** They tell whoever writes a pack how to mark its sources. */
const forAuthors = ['packages/policy/src/figure.ts', 'packages/policy/src/fee-table.ts']

/** Every text in a value, however deep, with its path. */
function texts(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inside]) => texts(inside, `${path}.${key}`))
}
const marked = (all: { text: string }[]) => all.filter(({ text }) => mark.test(text))
const filesBelow = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

describe('no mark of a rule or a source stands in a text that people read', () => {
  it('of a policy pack as it is loaded, sources and SMS among them', async () => {
    const { loadPolicies } = await import('@vardgraf/policy')
    const policies = loadPolicies()
    const found = policies.regions.flatMap((region) =>
      texts(policies.policyFor(region, new Date('2099-01-01T12:00:00Z')), region),
    )
    expect(found.length).toBeGreaterThan(200)
    expect(marked(found)).toEqual([])
  })

  it('of an error code or what unlocks it', async () => {
    const { codes } = await import('@vardgraf/errors')
    expect(marked(texts(codes))).toEqual([])
  })

  it('of a questionnaire', () => {
    const files = filesBelow('subgraphs/messaging/questionnaires', /\.json$/)
    expect(files.length).toBeGreaterThan(5)
    const found = files.flatMap((file) => texts(JSON.parse(readFileSync(join(root, file), 'utf8')), file))
    expect(marked(found)).toEqual([])
  })

  it('of the page and its saved examples', () => {
    const files = [...filesBelow('gateway/page', /./), ...filesBelow('gateway/examples', /\.graphql$/)]
    expect(files.length).toBeGreaterThan(20)
    expect(marked(files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })))).toEqual([])
  })

  it('that a program makes: any string of production code but the descriptions for developers', () => {
    const files = workspaces(root)
      .flatMap(({ folder }) => filesBelow(`${folder}/src`, /\.ts$/))
      .filter((file) => !forAuthors.includes(file))
      .filter((file) => !/\.test\.ts$|\/(testing|generated|gql)\/|^e2e\/|^packages\/testing\//.test(file))
    expect(files.length).toBeGreaterThan(200)
    const found = files.flatMap((file) => strings(file).map((text) => ({ file, text })))
    expect(found.length).toBeGreaterThan(3000)
    expect(marked(found)).toEqual([])
  })
})

/** The string literals and templates of a file, but for `description: '…'`, which goes into the SDL. */
function strings(file: string): string[] {
  const found: string[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'description') return
    if (ts.isStringLiteralLike(node)) found.push(node.text)
    if (ts.isTemplateExpression(node))
      found.push([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(''))
    ts.forEachChild(node, walk)
  }
  walk(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true))
  return found
}
