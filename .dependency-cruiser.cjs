/**
 * The boundaries of docs/architecture.md, checked by `npm run boundaries`.
 * Types may cross where values may not: only imports that remain at run time count.
 * scripts/boundaries.test.ts tries each rule, and each pattern of it, on the files that there are.
 */
const { builtinModules } = require('node:module')

const tests = '\\.test\\.ts$'
/** `rules.ts`, `booking-rules.ts`, whatever stands in a folder `rules` or `outcome-rules`, and the engine of forms. */
const rules = { path: ['[/-]rules/', '/rules\\.m?[jt]s$', '-rules\\.m?[jt]s$', '^packages/forms/src/'], pathNot: tests }
const any = (...names) => `(${names.join('|')})`
/** npm packages, as they are resolved. */
const npm = (...names) => `node_modules/${any(...names)}/`
/** Files and folders of these names. */
const parts = (...names) => `^(packages|subgraphs|gateway|sandbox)/.*/${any(...names)}(/|\\.ts$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'rules-are-pure',
      comment: 'Rules decide from what they are given: no database, network, server or resolver behind them, at any distance.',
      severity: 'error',
      from: rules,
      to: {
        reachable: true,
        path: [
          parts(
            ...['store', 'loaders', 'resolvers', 'permissions', 'events', 'jobs', 'facts', 'context', 'sms'],
            ...['stream', 'streams', 'database', 'app', 'seed', 'migrate', 'load', 'library', 'upstream', 'http'],
          ),
          '^packages/(access|client|events|relay|service|supervisor|testing|viewer)/',
          // A column's values are words; the client is the database.
          '/generated/prisma/(?!enums\\.ts$)',
          npm('pg', 'pg-boss', '@prisma', 'undici', 'ws', 'graphql-ws', 'dataloader', 'jose', 'pino'),
          npm('@apollo', 'graphql-shield', 'graphql-middleware', 'type-graphql', 'oidc-provider'),
        ],
      },
    },
    {
      name: 'rules-are-pure-of-node',
      comment: 'Nothing of Node itself behind a rule: what reads a file or the time of the machine cannot be tested by value.',
      severity: 'error',
      from: rules,
      to: { reachable: true, path: `^${any(...builtinModules)}$` },
    },
    {
      name: 'subgraphs-stand-alone',
      comment: 'One subgraph knows another through the graph, facts and events, never through its code.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'gateway-knows-no-subgraph',
      comment: 'The gateway reads the supergraph, so that it can stand in front of any subgraph.',
      severity: 'error',
      from: { path: '^gateway/', pathNot: tests },
      to: { path: '^subgraphs/' },
    },
    {
      name: 'packages-know-no-subgraph',
      comment: 'What is shared depends on nobody who shares it; the testing package boots them all.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/testing/', tests] },
      to: { path: ['^subgraphs/', '^gateway/', '^packages/testing/'] },
    },
    {
      name: 'production-without-sandbox',
      comment: 'The sandbox is added from outside: no production code imports it.',
      severity: 'error',
      from: { pathNot: ['^sandbox/', '^e2e/', '^packages/testing/', tests] },
      to: { path: '^sandbox/' },
    },
    {
      name: 'production-without-testing',
      comment: 'Test support is for tests.',
      severity: 'error',
      from: {
        path: ['^packages/', '^subgraphs/', '^gateway/', '^sandbox/'],
        pathNot: ['^packages/testing/', tests, '/testing/'],
      },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'source-imports-source',
      comment: 'What is built is yesterday’s: no source reaches into it, past the boundaries.',
      severity: 'error',
      from: {},
      to: { path: '/dist/', pathNot: 'node_modules' },
    },
    {
      name: 'every-import-is-found',
      comment: 'An import that is not found is not followed, and could lead anywhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
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
    // Workspaces import each other by name; this leads the names to their source.
    webpackConfig: { fileName: 'scripts/boundaries-resolve.mjs' },
    doNotFollow: { path: ['node_modules', '/dist/', '/generated/'] },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
