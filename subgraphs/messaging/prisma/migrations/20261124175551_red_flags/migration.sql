-- CreateEnum
CREATE TYPE "case_alert_kind" AS ENUM ('RED_FLAG', 'WORSENED');

-- AlterEnum
ALTER TYPE "case_event_kind" ADD VALUE 'RED_FLAG';
ALTER TYPE "case_event_kind" ADD VALUE 'WORSENED';

-- AlterTable
ALTER TABLE "care_case" ADD COLUMN     "red_flag_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "triage_result" DROP CONSTRAINT "triage_result_pkey",
ADD CONSTRAINT "triage_result_pkey" PRIMARY KEY ("case_id", "seq", "rule_id");

-- CreateTable
CREATE TABLE "case_alert" (
    "unit_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" "case_alert_kind" NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_alert_pkey" PRIMARY KEY ("unit_id","seq")
);

-- CreateIndex
CREATE INDEX "case_alert_case_id_idx" ON "case_alert"("case_id");

-- AddForeignKey
ALTER TABLE "case_alert" ADD CONSTRAINT "case_alert_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "care_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."case_alert" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
