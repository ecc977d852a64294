-- CreateEnum
CREATE TYPE "care_unit_kind" AS ENUM ('HEALTH_CENTRE', 'NURSE_LINE_1177', 'YOUTH_CLINIC', 'CHILD_HEALTH');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('NURSE', 'DOCTOR', 'YOUTH_COUNSELLOR', 'CHILD_HEALTH_NURSE', 'UNIT_ADMINISTRATOR');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "personal_identity_number" TEXT NOT NULL,
    "given_name" TEXT,
    "family_name" TEXT,
    "birth_date" DATE NOT NULL,
    "protected_identity" BOOLEAN NOT NULL DEFAULT false,
    "phone" TEXT,
    "street" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "region" TEXT NOT NULL,
    "listed_unit_id" TEXT,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guardianship" (
    "guardian_id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "blocked_at" TIMESTAMPTZ(3),
    "blocked_by" TEXT,
    "blocked_reason" TEXT,

    CONSTRAINT "guardianship_pkey" PRIMARY KEY ("guardian_id","child_id","valid_from")
);

-- CreateTable
CREATE TABLE "care_unit" (
    "hsa_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "care_unit_kind" NOT NULL,
    "region" TEXT NOT NULL,
    "self_booking" BOOLEAN NOT NULL DEFAULT false,
    "phone" TEXT NOT NULL,
    "street" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "url" TEXT NOT NULL,

    CONSTRAINT "care_unit_pkey" PRIMARY KEY ("hsa_id")
);

-- CreateTable
CREATE TABLE "staff" (
    "hsa_id" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,
    "unit_id" TEXT NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("hsa_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_personal_identity_number_key" ON "person"("personal_identity_number");

-- CreateIndex
CREATE INDEX "person_listed_unit_id_idx" ON "person"("listed_unit_id");

-- CreateIndex
CREATE INDEX "guardianship_child_id_idx" ON "guardianship"("child_id");

-- CreateIndex
CREATE INDEX "care_unit_region_kind_idx" ON "care_unit"("region", "kind");

-- CreateIndex
CREATE INDEX "staff_unit_id_idx" ON "staff"("unit_id");

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_listed_unit_id_fkey" FOREIGN KEY ("listed_unit_id") REFERENCES "care_unit"("hsa_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_guardian_id_fkey" FOREIGN KEY ("guardian_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_blocked_by_fkey" FOREIGN KEY ("blocked_by") REFERENCES "care_unit"("hsa_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "care_unit"("hsa_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say
CREATE INDEX "care_unit_swedish_order_idx" ON "care_unit"("name" COLLATE "sv-x-icu", "hsa_id");

ALTER TABLE "person" ADD CONSTRAINT "person_personal_identity_number_check" CHECK ("personal_identity_number" ~ '^[0-9]{12}$');

ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_of_another_check" CHECK ("guardian_id" <> "child_id");

ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_block_is_whole_check" CHECK (num_nulls("blocked_at", "blocked_by", "blocked_reason") IN (0, 3));
