import DataLoader from 'dataloader'
import type { Db, VisitRow } from '../database.js'

export type VisitLoader = DataLoader<string, VisitRow | null>

/** Visits by id (uuid); null for one that does not exist. */
export const visitsById = (db: Db): VisitLoader =>
  new DataLoader(async (ids) => {
    const rows = await db.visit.findMany({ where: { id: { in: [...ids] } } })
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })
