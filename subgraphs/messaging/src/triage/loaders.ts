import DataLoader from 'dataloader'
import type { Db } from '../database.js'
import type { QuestionnaireLibrary } from '../questionnaires/library.js'
import { type TriageState, triageStates } from './store.js'

export type TriageLoaders = ReturnType<typeof triageLoaders>

/** One set a request. */
export function triageLoaders(db: Db, library: QuestionnaireLibrary) {
  return {
    /** The triage of each case; null for a case without one. */
    triageOfCase: new DataLoader<string, TriageState | null>((ids) => triageStates(db, library, ids)),
  }
}
