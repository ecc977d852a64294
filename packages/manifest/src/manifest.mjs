// What the platform consists of: the one list of its services. A new subgraph is a line here and a folder.
// Plain JavaScript without imports, so that scripts can read it before anything is installed or built.

/**
 * One subgraph. Its name is also its name in the supergraph, its database schema, and the first part of its key's id.
 * @typedef {object} Subgraph
 * @property {string} folder from the repository's root
 * @property {number} port with `npm start`; `VARDGRAF_PORT` moves it together with the others
 * @property {boolean} schema whether it has a database schema of its own (`prisma/`); a database role it has in any case
 * @property {boolean} facts whether it owns facts that others ask for: then every subgraph needs its address
 */

/**
 * @typedef {object} Manifest
 * @property {{ folder: string, port: number }} gateway
 * @property {Readonly<Record<string, Subgraph>>} subgraphs in the order in which they are started and composed
 * @property {{ folder: string, port: number, schema: boolean }} sandbox a subgraph of the sandbox's own supergraph; never in production
 */

export const manifest = /** @type {const} */ ({
  gateway: { folder: 'gateway', port: 4000 },
  subgraphs: {
    patients: { folder: 'subgraphs/patients', port: 4001, schema: true, facts: true },
    visits: { folder: 'subgraphs/visits', port: 4002, schema: true, facts: true },
    messaging: { folder: 'subgraphs/messaging', port: 4003, schema: true, facts: true },
    billing: { folder: 'subgraphs/billing', port: 4004, schema: false, facts: false },
  },
  sandbox: { folder: 'sandbox', port: 4005, schema: true },
})
