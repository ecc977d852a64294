-- CreateEnum
CREATE TYPE "VisitChannel" AS ENUM ('APP', 'WEB', 'PHYSICAL', 'PHONE');

-- CreateEnum
CREATE TYPE "VisitStatus" AS ENUM ('PROPOSED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'FULFILLED', 'CANCELLED', 'NO_SHOW');

-- CreateEnum
CREATE TYPE "Profession" AS ENUM ('DOCTOR', 'NURSE', 'PSYCHOLOGIST', 'PHYSIOTHERAPIST', 'OTHER');

-- CreateEnum
CREATE TYPE "VisitTypeCode" AS ENUM ('NEW_PROBLEM', 'FOLLOW_UP', 'SAMPLING', 'CONVERSATION', 'VACCINATION', 'SPECIALIST');

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "unitId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "caseId" UUID,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "channel" "VisitChannel" NOT NULL,
    "profession" "Profession" NOT NULL,
    "visitTypeCode" "VisitTypeCode" NOT NULL,
    "status" "VisitStatus" NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "bookedBy" TEXT NOT NULL,
    "bookedAt" TIMESTAMPTZ(3) NOT NULL,
    "idempotencyKey" TEXT NOT NULL,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "visit_patientId_startsAt_id_idx" ON "visit"("patientId", "startsAt", "id");

-- CreateIndex
CREATE INDEX "visit_unitId_startsAt_id_idx" ON "visit"("unitId", "startsAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_bookedBy_idempotencyKey_key" ON "visit"("bookedBy", "idempotencyKey");
-- CreateIndex
CREATE INDEX "visit_caseId_startsAt_id_idx" ON "visit"("caseId", "startsAt", "id");

-- What Prisma's schema cannot say

-- A trusted extension: its installer needs no more than CREATE on the database.
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE "visit" ADD CONSTRAINT "visit_ends_after_start" CHECK ("startsAt" < "endsAt");

ALTER TABLE "visit" ADD CONSTRAINT "visit_cancelled_at" CHECK (("status" = 'CANCELLED') = ("cancelledAt" IS NOT NULL));

-- A patient cannot attend two visits at once, but one may begin as another ends.
ALTER TABLE "visit" ADD CONSTRAINT "visit_no_overlap" EXCLUDE USING gist (
    "patientId" WITH =,
    tstzrange("startsAt", "endsAt") WITH &&
) WHERE ("status" IN ('PROPOSED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS'));
