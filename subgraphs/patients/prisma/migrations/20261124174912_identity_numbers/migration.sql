-- CreateEnum
CREATE TYPE "identity_number_kind" AS ENUM ('PERSONAL_IDENTITY_NUMBER', 'COORDINATION_NUMBER');

-- CreateTable
CREATE TABLE "identity_number" (
    "number" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "identity_number_kind" NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),

    CONSTRAINT "identity_number_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "identity_number_person_id_idx" ON "identity_number"("person_id");

-- AddForeignKey
ALTER TABLE "identity_number" ADD CONSTRAINT "identity_number_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say
CREATE UNIQUE INDEX "identity_number_one_current_idx" ON "identity_number"("person_id") WHERE "valid_until" IS NULL;

ALTER TABLE "identity_number" ADD CONSTRAINT "identity_number_digits_check" CHECK ("number" ~ '^[0-9]{12}$');

ALTER TABLE "identity_number" ADD CONSTRAINT "identity_number_kind_check"
  CHECK (("kind" = 'COORDINATION_NUMBER') = (substr("number", 7, 2) > '60'));

ALTER TABLE "identity_number" ADD CONSTRAINT "identity_number_until_check" CHECK ("valid_until" >= "valid_from");

-- A number is one person's for ever: it may only end.
-- A semicolon in the function is \x3B, since Prisma's adapter ends a statement at every semicolon.
CREATE FUNCTION "identity_number_is_kept"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = \'UPDATE\' AND OLD.valid_until IS NULL
     AND (NEW.number, NEW.person_id, NEW.valid_from) = (OLD.number, OLD.person_id, OLD.valid_from) THEN
    RETURN NEW\x3B
  END IF\x3B
  RAISE EXCEPTION \'identity_number is kept: a number is one person\'\'s for ever, and may only end\' USING ERRCODE = \'restrict_violation\'\x3B
END';

CREATE TRIGGER "identity_number_is_kept" BEFORE UPDATE OR DELETE ON "identity_number"
  FOR EACH ROW EXECUTE FUNCTION "identity_number_is_kept"();

-- The number of each person becomes her current one.
INSERT INTO "identity_number" ("number", "person_id", "kind", "valid_from")
SELECT "personal_identity_number", "id",
       CASE WHEN substr("personal_identity_number", 7, 2) > '60' THEN 'COORDINATION_NUMBER' ELSE 'PERSONAL_IDENTITY_NUMBER' END::"identity_number_kind",
       "registered_at"
FROM "person";

-- AlterTable
ALTER TABLE "person" ALTER COLUMN "region" DROP NOT NULL;

-- Who is listed nowhere may have her region from a setting: the register's next import tells the right one.
UPDATE "person" SET "region" = NULL WHERE "listed_unit_id" IS NULL;

-- DropIndex
DROP INDEX "person_personal_identity_number_key";

-- AlterTable
ALTER TABLE "person" DROP COLUMN "personal_identity_number";
