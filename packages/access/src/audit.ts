import type { Viewer } from '@vardgraf/viewer'
import type pg from 'pg'

/** One look by somebody at a patient's data. Ids only. [A3] */
export interface AuditEntry {
  patientId: string
  /** The type of what was looked at, such as `CareCase`. */
  what: string
  /** Its id within the subgraph. */
  id: string
  reason?: string
  /** The look was refused. */
  refused?: boolean
}

/** The access log of one request: an entry is stored before the data leaves. [A3] */
export interface Audit {
  /** Resolves when the entry is stored; the same look for the same reason twice in a request is stored once.
   *  @throws Error when it cannot be stored: then nothing is shown. */
  access(access: AuditEntry): Promise<void>
}

/** The shared schema of the access log: a trigger keeps it append-only for every login. */
export const auditSchemaSql = `
CREATE SCHEMA IF NOT EXISTS audit;
CREATE TABLE IF NOT EXISTS audit.audit_event (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL,
  service     text NOT NULL,
  actor_kind  text NOT NULL,
  actor_id    text,
  unit_id     text,
  role        text,
  patient_id  text NOT NULL,
  what        text NOT NULL,
  resource_id text NOT NULL,
  reason      text,
  refused     boolean NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_event_patient ON audit.audit_event (patient_id, at);
CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the access log is append-only'; END $$;
CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
`

/** The log of one request of one viewer. Entries of one turn of the event loop are stored by one statement. */
export function auditOf(pool: pg.Pool, service: string, viewer: Viewer, now: () => Date): Audit {
  const stored = new Map<string, Promise<void>>()
  let batch: { accesses: AuditEntry[]; done: Promise<void> } | null = null

  const flush = async (accesses: AuditEntry[]): Promise<void> => {
    const actor = actorOf(viewer)
    await pool.query(
      `INSERT INTO audit.audit_event (at, service, actor_kind, actor_id, unit_id, role, patient_id, what, resource_id, reason, refused)
       SELECT $1, $2, $3, $4, $5, $6, a.* FROM unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[]) AS a`,
      [
        now(),
        service,
        viewer.kind,
        actor.id,
        actor.unitId,
        actor.role,
        accesses.map((access) => access.patientId),
        accesses.map((access) => access.what),
        accesses.map((access) => access.id),
        accesses.map((access) => access.reason ?? null),
        accesses.map((access) => access.refused ?? false),
      ],
    )
  }

  return {
    access: (access) => {
      const key = [access.patientId, access.what, access.id, access.reason, access.refused].join('|')
      const known = stored.get(key)
      if (known) return known
      if (!batch) {
        const accesses: AuditEntry[] = []
        const done = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
          batch = null
          return flush(accesses)
        })
        batch = { accesses, done }
      }
      batch.accesses.push(access)
      stored.set(key, batch.done)
      return batch.done
    },
  }
}

function actorOf(viewer: Viewer): { id: string | null; unitId: string | null; role: string | null } {
  if (viewer.kind === 'STAFF') return { id: viewer.staffId, unitId: viewer.unitId, role: viewer.role }
  return { id: viewer.kind === 'PATIENT' ? viewer.personId : null, unitId: null, role: null }
}
