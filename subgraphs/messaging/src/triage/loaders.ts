import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import { type TriageState, triageStates } from './store.js'

/** The triage of each case; null for a case without one. */
export const triageOfCase = ({ db, questionnaires }: Pick<Services, 'db' | 'questionnaires'>) =>
  new DataLoader<string, TriageState | null>((ids) => triageStates(db, questionnaires, ids))
