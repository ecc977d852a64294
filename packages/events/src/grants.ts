import { BUS_SCHEMA } from './bus.js'
import { queuesFilledBy, queuesWorkedBy } from './catalogue.js'

/** Where pg-boss keeps the jobs of queues that have no table of their own, and the partitioned table by which some of its statements reach them. */
const JOBS = `${BUS_SCHEMA}.job_common`
const PARTITIONED = `${BUS_SCHEMA}.job`

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const oneOf = (queues: string[]): string => `name IN (${queues.map(literal).join(', ')})`

/**
 * SQL that gives a service's role what it needs of pg-boss, and takes back the rest; run by the owner after `migrateBus`.
 * Every service reads the version and the queues. A producer of an event inserts jobs into the queues of its consumers, and sees only their
 * ids. A worker reads, changes and deletes the jobs of its own queues, and records when it maintained them. No service makes queues.
 */
export function busGrantsSql(service: string, role: string): string {
  const filled = queuesFilledBy(service)
  const worked = queuesWorkedBy(service)
  return [
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${BUS_SCHEMA} FROM ${role}`,
    `GRANT USAGE ON SCHEMA ${BUS_SCHEMA} TO ${role}`,
    `GRANT SELECT ON ${BUS_SCHEMA}.version, ${BUS_SCHEMA}.queue TO ${role}`,
    ...(filled.length > 0 ? [`GRANT INSERT, SELECT (id, name, start_after) ON ${JOBS} TO ${role}`] : []),
    ...(worked.length > 0 ? workerGrants(role) : []),
    ...[JOBS, PARTITIONED].flatMap((table) => [
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
      ...policies(table, role, filled, worked),
    ]),
  ].join(';\n')
}

const workerGrants = (role: string): string[] => [
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ${JOBS} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE ON ${PARTITIONED} TO ${role}`,
  `GRANT SELECT, DELETE ON ${BUS_SCHEMA}.job_dependency TO ${role}`,
  `GRANT UPDATE ON ${BUS_SCHEMA}.queue TO ${role}`,
  `GRANT UPDATE (flow_on, monitor_backoff_on) ON ${BUS_SCHEMA}.version TO ${role}`,
]

/** Row security: of the jobs, a role reaches only those of its own queues. */
function policies(table: string, role: string, filled: string[], worked: string[]): string[] {
  const both = [...new Set([...filled, ...worked])]
  const policy = (verb: string, queues: string[], clause: 'USING' | 'WITH CHECK'): string[] => {
    const name = `${role}_${verb.toLowerCase()}`
    const drop = `DROP POLICY IF EXISTS ${name} ON ${table}`
    const create = `CREATE POLICY ${name} ON ${table} FOR ${verb} TO ${role} ${clause} (${oneOf(queues)})`
    return queues.length > 0 ? [drop, create] : [drop]
  }
  return [
    ...policy('SELECT', both, 'USING'),
    ...policy('INSERT', both, 'WITH CHECK'),
    ...policy('UPDATE', worked, 'USING'),
    ...policy('DELETE', worked, 'USING'),
  ]
}
