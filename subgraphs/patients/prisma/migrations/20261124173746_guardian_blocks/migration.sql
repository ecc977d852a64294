-- CreateTable
CREATE TABLE "guardian_block" (
    "id" UUID NOT NULL,
    "guardian_id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "unit_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),

    CONSTRAINT "guardian_block_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "guardian_block_guardian_id_idx" ON "guardian_block"("guardian_id");

-- CreateIndex
CREATE INDEX "guardian_block_child_id_idx" ON "guardian_block"("child_id");

-- AddForeignKey
ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_guardian_id_fkey" FOREIGN KEY ("guardian_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "care_unit"("hsa_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say
ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_of_another_check" CHECK ("guardian_id" <> "child_id");

ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_reason_check" CHECK ("reason" ~ '\S');

ALTER TABLE "guardian_block" ADD CONSTRAINT "guardian_block_until_check" CHECK ("valid_until" >= "valid_from");

-- History: a block is lifted once, and nothing else of it ever changes.
-- A semicolon in the function is \x3B, since Prisma's adapter ends a statement at every semicolon.
CREATE FUNCTION "guardian_block_is_history"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = \'UPDATE\' AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
     AND (NEW.id, NEW.guardian_id, NEW.child_id, NEW.unit_id, NEW.reason, NEW.valid_from)
       = (OLD.id, OLD.guardian_id, OLD.child_id, OLD.unit_id, OLD.reason, OLD.valid_from) THEN
    RETURN NEW\x3B
  END IF\x3B
  RAISE EXCEPTION \'guardian_block is history: a block may only be lifted, once\' USING ERRCODE = \'restrict_violation\'\x3B
END';

CREATE TRIGGER "guardian_block_is_history" BEFORE UPDATE OR DELETE ON "guardian_block"
  FOR EACH ROW EXECUTE FUNCTION "guardian_block_is_history"();

CREATE TRIGGER "guardian_block_is_kept" BEFORE TRUNCATE ON "guardian_block"
  FOR EACH STATEMENT EXECUTE FUNCTION "guardian_block_is_history"();

-- Blocks that hung on a custody row become the pair's own.
INSERT INTO "guardian_block" ("id", "guardian_id", "child_id", "unit_id", "reason", "valid_from")
SELECT gen_random_uuid(), "guardian_id", "child_id", "blocked_by", "blocked_reason", "blocked_at"
FROM "guardianship" WHERE "blocked_at" IS NOT NULL;

-- DropForeignKey
ALTER TABLE "guardianship" DROP CONSTRAINT "guardianship_blocked_by_fkey";

-- AlterTable
ALTER TABLE "guardianship" DROP COLUMN "blocked_at",
DROP COLUMN "blocked_by",
DROP COLUMN "blocked_reason";
