import { compile, type Model, parse } from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4/index.js'
import type { Response } from './response.js'

interface Node {
  type: string
  text?: string
  children?: Node[]
}

/** One comparison in an expression: the answers that it reads, and the strings that it compares them with. */
interface Comparison {
  linkIds: string[]
  literals: string[]
  /** True for `=`, `>` and so on, which never hold for several answers; false for `in` and `contains`, which can. */
  single: boolean
  /** Last step of the path that reads the answer: `code` for a choice, `value` for the rest. */
  member: string | null
}

/** A compiled expression, and what it refers to. */
export interface Expression {
  /** @throws ExpressionError when the result is not true, false or nothing, and what fhirpath throws for values that it cannot compare. */
  holds: (response: Response, variables: Readonly<Record<string, unknown>>) => boolean
  linkIds: string[]
  /** Those that are looked for among the top items only, not inside groups. */
  shallow: string[]
  comparisons: Comparison[]
}

/** Why an expression cannot be used; `message` is one line, for the author of a questionnaire. */
export class ExpressionError extends Error {
  override name = 'ExpressionError'
}

// now(), today() and resolve() are left out on purpose: the same answers must always give the same result.
const functions = new Set(['where', 'exists', 'empty', 'not', 'count', 'first', 'repeat', 'all', 'any', 'ofType', 'sum'])
const ofFhirpath = ['resource', 'context']

// A positive expression is evaluated while questions are open: it may hold because of an answer, never because one is missing.
const positiveFunctions = new Set(['where', 'exists', 'first', 'repeat', 'ofType'])
const negativeNodes = new Set(['ImpliesExpression', 'PolarityExpression', 'TypeExpression', 'UnionExpression'])

/**
 * Parses and compiles one FHIRPath expression over a QuestionnaireResponse; costs about 1.5 ms, so once per questionnaire.
 * @throws ExpressionError when it does not parse, or uses a function, variable or form that is not allowed.
 */
export function compileExpression(text: string, options: { variables: readonly string[]; positive: boolean }): Expression {
  const tree = treeOf(text)
  const nodes = walk(tree)
  const known = new Set([...options.variables, ...ofFhirpath])
  for (const node of nodes) check(node, known, options.positive)
  const evaluate = compile(text, r4 as Model)
  return {
    holds: (response, variables) =>
      truth(text, evaluate(response, Object.fromEntries(options.variables.map((name) => [name, variables[name] ?? []])))),
    linkIds: [...new Set(linkIdsIn(tree))],
    shallow: nodes.filter((node) => node.type === 'InvocationExpression' && !repeats(node)).flatMap(directLinkIds),
    comparisons: comparisonsIn(nodes),
  }
}

function treeOf(text: string): Node {
  try {
    return parse(text) as Node
  } catch (error) {
    throw new ExpressionError(`does not parse: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function truth(text: string, result: unknown): boolean {
  if (!Array.isArray(result) || result.length === 0) return false
  if (result.length === 1 && typeof result[0] === 'boolean') return result[0]
  throw new ExpressionError(`"${text}" is not a yes or a no`)
}

function check(node: Node, variables: ReadonlySet<string>, positive: boolean): void {
  if (node.type === 'Functn') {
    const name = node.text ?? ''
    if (!functions.has(name)) throw new ExpressionError(`${name}() is not allowed in an expression`)
    if (positive && !positiveFunctions.has(name))
      throw new ExpressionError(`${name}() could be true of a question not yet answered`)
  }
  if (node.type === 'ExternalConstantTerm' || node.type === 'ExternalConstant') {
    const name = (node.text ?? '').replace(/^%/, '')
    if (name && !variables.has(name)) throw new ExpressionError(`%${name} is not known; there are ${list(variables)}`)
  }
  if (positive && (negativeNodes.has(node.type) || node.text === '!=' || node.text === '!~' || node.text === 'xor')) {
    throw new ExpressionError(`"${node.text ?? node.type}" could be true of a question not yet answered`)
  }
  if (isLinkId(node) && node.type === 'MemberInvocation') return
  if (node.type === 'EqualityExpression' && node.children?.some((child) => endsInLinkId(child)) && !linkIdCompared(node)) {
    throw new ExpressionError("linkId can only be compared with a literal: linkId = 'fever'")
  }
}

/** The literal in `linkId = 'literal'`. */
function linkIdCompared(node: Node): string | null {
  if (node.type !== 'EqualityExpression' || node.text !== '=') return null
  const [left, right] = node.children ?? []
  if (!left || !right || !endsInLinkId(left)) return null
  return stringLiteral(right)
}

const isLinkId = (node: Node): boolean => node.type === 'MemberInvocation' && node.text === 'linkId'
const endsInLinkId = (node: Node): boolean => isLinkId(node) || (node.children?.length === 1 && node.children.some(endsInLinkId))

function stringLiteral(node: Node): string | null {
  if (node.type === 'StringLiteral') return (node.text ?? '').slice(1, -1)
  const [only, ...more] = node.children ?? []
  return only && more.length === 0 ? stringLiteral(only) : null
}

function linkIdsIn(node: Node): string[] {
  return walk(node).flatMap((each) => linkIdCompared(each) ?? [])
}

function comparisonsIn(nodes: Node[]): Comparison[] {
  return nodes
    .filter(
      (node) =>
        ['EqualityExpression', 'InequalityExpression', 'MembershipExpression'].includes(node.type) &&
        linkIdCompared(node) === null,
    )
    .map((node) => ({
      linkIds: linkIdsIn(node),
      literals: (node.children ?? []).flatMap((child) => stringLiteral(child) ?? []),
      single: node.type !== 'MembershipExpression',
      member: (node.children ?? []).filter((child) => linkIdsIn(child).length > 0).map(lastMember)[0] ?? null,
    }))
}

/** The linkIds that `….where(linkId = 'x')` looks for directly in the items before it. */
function directLinkIds({ children }: Node): string[] {
  const last = children?.at(-1)
  return last?.type === 'FunctionInvocation' && last.text === 'where' ? linkIdsIn(last) : []
}

const repeats = (node: Node): boolean => walk(node).some(({ type, text }) => type === 'FunctionInvocation' && text === 'repeat')

function lastMember(node: Node): string | null {
  if (node.type === 'MemberInvocation') return node.text ?? null
  const last = node.children?.at(-1)
  return last ? lastMember(last) : null
}

function walk(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(walk)]
}

const list = (names: ReadonlySet<string>): string => [...names].map((name) => `%${name}`).join(', ')
