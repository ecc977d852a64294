import type { Evidence, Proof, Table } from './proof.js'

/** When, on what and how a proof was made. */
export interface Occasion {
  /** `2026-11-25`. */
  date: string
  /** Of git, with a word when there were changes that it does not hold. */
  commit: string
  seed: number
  runs: number
  seconds: number
  machine: string
}

/** The page of docs/proofs/ about one proof: the claim, when it was last proven, and the figures. */
export function page(proof: Proof, occasion: Occasion, { runs, tables, failures }: Evidence): string {
  const result = failures.length === 0 ? 'proven' : `**failed** (${failures.length})`
  const last = table({
    title: 'Last made',
    head: ['date', 'commit', proof.unit, 'seed', 'took', 'result', 'machine'],
    rows: [[occasion.date, occasion.commit, runs, occasion.seed, `${occasion.seconds} s`, result, occasion.machine]],
  })
  return [
    `# ${proof.name}`,
    `<!-- Written by \`npm run prove -- ${proof.name}\`. Do not edit. -->`,
    `${proof.claim}${proof.rules.length > 0 ? ` ${proof.rules.map((rule) => `[${rule}]`).join(' ')}` : ''}`,
    `Attack: ${proof.attack}`,
    `Invariants:\n\n${proof.invariants.map((each) => `- ${each}`).join('\n')}`,
    last,
    ...failures.map(({ invariant, counterexample }) => `## Failed: ${invariant}\n\n\`\`\`text\n${counterexample.trim()}\n\`\`\``),
    ...tables.map(table),
    `Again: \`npm run prove -- ${proof.name} --seed ${occasion.seed} --runs ${occasion.runs}\``,
  ]
    .join('\n\n')
    .concat('\n')
}

function table({ title, head, rows }: Table): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'))
  const rule = `|${numeric.map((right) => (right ? '---:' : '---')).join('|')}|`
  return `## ${title}\n\n${[line(head), rule, ...rows.map(line)].join('\n')}`
}
