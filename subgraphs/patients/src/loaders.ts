import DataLoader from 'dataloader'
import { careUnitsByHsaId } from './care-unit/loaders.js'
import type { Db } from './database.js'
import { childrenOfGuardian, guardiansOfChild } from './guardianship/loaders.js'
import { contactsById, personsById } from './patient/loaders.js'
import { staffByHsaId } from './staff/loaders.js'

export type Loaders = ReturnType<typeof createLoaders>

/** One set a request: what is asked for in one turn of the event loop is one statement a loader. */
export const createLoaders = (db: Db) => ({
  persons: loader(db, personsById),
  contacts: loader(db, contactsById),
  guardiansOfChild: loader(db, guardiansOfChild),
  childrenOfGuardian: loader(db, childrenOfGuardian),
  careUnits: loader(db, careUnitsByHsaId),
  staff: loader(db, staffByHsaId),
})

const loader = <V>(db: Db, read: (db: Db, keys: readonly string[]) => Promise<V[]>) =>
  new DataLoader<string, V>((keys) => read(db, keys))
