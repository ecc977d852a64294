import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import { type Db, toDate } from '../database.js'
import { Prisma } from '../generated/prisma/client.js'
import { regionOf } from '../patient/rules.js'
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

/** The only reader of custody and blocks: whoever reads one has read the other. One statement each, the child's birthday and region included. */
async function pairsBy(db: Db, side: 'childId' | 'guardianId', ids: readonly string[]): Promise<GuardianPairRow[][]> {
  const [custodies, blocks] = await Promise.all([
    custodiesBy(db, side, ids),
    db.guardianBlock.findMany({
      where: { [side]: { in: [...ids] } },
      select: { guardianId: true, childId: true, validFrom: true, validUntil: true },
    }),
  ])
  const blocksOf = Map.groupBy(blocks, pairKey)
  const pairs = new Map<string, GuardianPairRow & { custodies: Custody[] }>()
  for (const { guardianId, childId, birthDate, region, listedRegion, validFrom, validUntil } of custodies) {
    const key = pairKey({ guardianId, childId })
    const custody = { validFrom: toDate(validFrom), validUntil: validUntil && toDate(validUntil) }
    const known = pairs.get(key)
    if (known) known.custodies.push(custody)
    else {
      const child = { childId, childBirthDate: toDate(birthDate), childRegion: regionOf(region, listedRegion) }
      pairs.set(key, { guardianId, ...child, custodies: [custody], blocks: blocksOf.get(key) ?? [] })
    }
  }
  const groups = Map.groupBy(pairs.values(), (pair) => pair[side])
  return ids.map((id) => groups.get(id) ?? [])
}

interface CustodyRow {
  guardianId: string
  childId: string
  validFrom: Date
  validUntil: Date | null
  birthDate: Date
  region: string | null
  listedRegion: string | null
}

const columnOf = { childId: Prisma.sql`custody.child_id`, guardianId: Prisma.sql`custody.guardian_id` } as const

const custodiesBy = (db: Db, side: keyof typeof columnOf, ids: readonly string[]): Promise<CustodyRow[]> =>
  db.$queryRaw<CustodyRow[]>`
    SELECT custody.guardian_id AS "guardianId", custody.child_id AS "childId",
           custody.valid_from AS "validFrom", custody.valid_until AS "validUntil",
           child.birth_date AS "birthDate", child.region, listed.region AS "listedRegion"
    FROM patients.guardianship custody
    JOIN patients.person child ON child.id = custody.child_id
    LEFT JOIN patients.care_unit listed ON listed.hsa_id = child.listed_unit_id
    WHERE ${columnOf[side]} = ANY(${[...ids]}::uuid[])
    ORDER BY custody.guardian_id, custody.child_id`

const pairKey = ({ guardianId, childId }: { guardianId: string; childId: string }): string => `${guardianId} ${childId}`
