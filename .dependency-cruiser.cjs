/**
 * The boundaries of docs/architecture.md, checked by `npm run boundaries`.
 * Types may cross where values may not: only imports that remain at run time count.
 */

/** Matches npm packages, whether resolved to node_modules or not. */
const npm = (...names) => `(^|node_modules/)(${names.join('|')})($|/)`

const workspaceOfSubgraph = '(^|/)@vardgraf/subgraph-|^subgraphs/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'rules-are-pure',
      comment: 'Rules decide from what they are given: no database, network, file, or resolver behind them.',
      severity: 'error',
      from: { path: ['/src/rules/', '/src/[^/]+/rules/'], pathNot: '\\.test\\.ts$' },
      to: {
        path: [
          '^(subgraphs|gateway|sandbox|packages)/.*/(store|loaders|resolvers|references|permissions|events|jobs|facts|context)(/|[.]ts$)',
          '/generated/prisma/',
          npm('pg', 'pg-boss', '@prisma', 'undici', 'ws', 'graphql-ws', 'dataloader', 'jose', 'pino'),
          '(^|/)@vardgraf/(events|subgraph|viewer|testing)($|/)',
          '^packages/(events|subgraph|viewer|testing)/',
        ],
      },
    },
    {
      name: 'rules-are-pure-of-node',
      comment: 'Nothing of Node itself in a rule: a rule that reads a file or the time of the machine cannot be tested by value.',
      severity: 'error',
      from: { path: ['/src/rules/', '/src/[^/]+/rules/'], pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'subgraphs-stand-alone',
      comment: 'One subgraph knows another through the graph, facts and events, never through its code.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: workspaceOfSubgraph, pathNot: ['^subgraphs/$1/', '(^|/)@vardgraf/subgraph-$1($|/)'] },
    },
    {
      name: 'gateway-knows-no-subgraph',
      comment: 'The gateway reads the supergraph, so that it can stand in front of any subgraph.',
      severity: 'error',
      from: { path: '^gateway/', pathNot: '\\.test\\.ts$' },
      to: { path: workspaceOfSubgraph },
    },
    {
      name: 'packages-know-no-subgraph',
      comment: 'What is shared depends on nobody who shares it; the testing package boots them all.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/testing/', '\\.test\\.ts$'] },
      to: { path: [workspaceOfSubgraph, '(^|/)@vardgraf/(gateway|testing)($|/)', '^gateway/', '^packages/testing/'] },
    },
    {
      name: 'production-without-sandbox',
      comment: 'The sandbox is added from outside: no production code imports it.',
      severity: 'error',
      from: { pathNot: ['^(sandbox|e2e|packages/testing|scripts)/', '\\.test\\.ts$'] },
      to: { path: '(^|/)@vardgraf/sandbox($|/)|^sandbox/' },
    },
    {
      name: 'production-without-testing',
      comment: 'Test support is for tests.',
      severity: 'error',
      from: {
        path: '^(packages|subgraphs|gateway|sandbox)/',
        pathNot: ['^packages/testing/', '\\.test\\.ts$', '/(tests|testing)/'],
      },
      to: { path: '(^|/)@vardgraf/testing($|/)|^packages/testing/' },
    },
    {
      name: 'no-circles',
      comment:
        'Files that need each other at run time are one file. GraphQL classes may point at each other: their decorators take `() => Type`.',
      severity: 'error',
      from: { pathNot: ['/src/schema', '/src/[^/]+/schema'] },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/', '/generated/'] },
    exclude: { path: '/src/generated/' },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
