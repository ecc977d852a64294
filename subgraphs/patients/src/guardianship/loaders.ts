import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import { type Db, toDate } from '../database.js'
import type { Custody, GuardianPair } from './rules.js'

/** One person and one child of whom the register tells a custody, whether in force or not. */
export interface GuardianPairRow extends GuardianPair {
  guardianId: string
  childId: string
}

/** A child's guardians; [] for a child without. */
export const guardiansOfChild = ({ db }: Services) =>
  new DataLoader<string, GuardianPairRow[]>((childIds) => guardiansByChild(db, childIds))

/** A guardian's children, oldest first; [] for a person who is nobody's guardian. */
export const childrenOfGuardian = ({ db }: Services) =>
  new DataLoader<string, GuardianPairRow[]>(async (guardianIds) => {
    const groups = await pairsBy(db, 'guardianId', guardianIds)
    return groups.map((pairs) => pairs.toSorted((a, b) => a.childBirthDate.localeCompare(b.childBirthDate)))
  })

/** The guardians of each child, by guardian id. */
export const guardiansByChild = (db: Db, childIds: readonly string[]): Promise<GuardianPairRow[][]> =>
  pairsBy(db, 'childId', childIds)

/** The only reader of custody and blocks: whoever reads one has read the other. */
async function pairsBy(db: Db, side: 'childId' | 'guardianId', ids: readonly string[]): Promise<GuardianPairRow[][]> {
  const where = { [side]: { in: [...ids] } }
  const [custodies, blocks] = await Promise.all([
    db.guardianship.findMany({
      where,
      include: { child: { select: { birthDate: true } } },
      orderBy: [{ guardianId: 'asc' }, { childId: 'asc' }],
    }),
    db.guardianBlock.findMany({ where, select: { guardianId: true, childId: true, validFrom: true, validUntil: true } }),
  ])
  const blocksOf = Map.groupBy(blocks, pairKey)
  const pairs = new Map<string, GuardianPairRow & { custodies: Custody[] }>()
  for (const { guardianId, childId, child, validFrom, validUntil } of custodies) {
    const key = pairKey({ guardianId, childId })
    const custody = { validFrom: toDate(validFrom), validUntil: validUntil && toDate(validUntil) }
    const known = pairs.get(key)
    if (known) known.custodies.push(custody)
    else {
      const [childBirthDate, custodies] = [toDate(child.birthDate), [custody]]
      pairs.set(key, { guardianId, childId, childBirthDate, custodies, blocks: blocksOf.get(key) ?? [] })
    }
  }
  const groups = Map.groupBy(pairs.values(), (pair) => pair[side])
  return ids.map((id) => groups.get(id) ?? [])
}

const pairKey = ({ guardianId, childId }: { guardianId: string; childId: string }): string => `${guardianId} ${childId}`
