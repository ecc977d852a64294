import { z } from 'zod'
import { hsaId } from '../care-unit/rules.js'
import type { Db, Tx } from '../database.js'

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** A unit keeps a guardian from a child: from when, and why. */
const blockShape = z.strictObject({
  id: z.uuid(),
  guardianId: z.uuid(),
  childId: z.uuid(),
  unitId: hsaId,
  reason: z.string().trim().min(1).max(1_000),
  validFrom: instant,
})
/** The unit that made a block lifts it. */
const liftShape = z.strictObject({ id: z.uuid(), unitId: hsaId, validUntil: instant })

const decisionsShape = z.strictObject({ blocks: z.array(blockShape), lifts: z.array(liftShape) })
export type GuardianBlockDecisions = z.input<typeof decisionsShape>

/**
 * Stores what units have decided about guardians, all or nothing. The same decision a second time changes nothing; the only writer of
 * blocks, and never part of an import of the register. [R20]
 * @throws ZodError naming each value that is wrong.
 * @throws RangeError for a block that stands with other content, and for a lift of a block that is not the unit's own or ended otherwise.
 */
export async function decideGuardianBlocks(db: Db, decisions: GuardianBlockDecisions): Promise<void> {
  const { blocks, lifts } = decisionsShape.parse(decisions)
  await db.$transaction(async (tx) => {
    for (const block of blocks) await addBlock(tx, block)
    for (const lift of lifts) await liftBlock(tx, lift)
  })
}

async function addBlock(tx: Tx, block: z.infer<typeof blockShape>): Promise<void> {
  await tx.guardianBlock.createMany({ data: [block], skipDuplicates: true })
  if (!(await tx.guardianBlock.findFirst({ where: block, select: { id: true } })))
    throw new RangeError(`block ${block.id} stands with other content: a block is never changed, only lifted`)
}

async function liftBlock(tx: Tx, { validUntil, ...own }: z.infer<typeof liftShape>): Promise<void> {
  const { count } = await tx.guardianBlock.updateMany({ where: { ...own, validUntil: null }, data: { validUntil } })
  if (count === 0 && !(await tx.guardianBlock.findFirst({ where: { ...own, validUntil }, select: { id: true } })))
    throw new RangeError(`block ${own.id} is not one of ${own.unitId} that is in force: the unit that made it lifts it, once`)
}
