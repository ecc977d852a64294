-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "messaging";

-- CreateEnum
CREATE TYPE "case_status" AS ENUM ('TRIAGING', 'CLOSED_SELF_CARE', 'CLOSED_112', 'CLOSED_REFERRED', 'WAITING', 'ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT', 'CLOSED', 'ABANDONED');

-- CreateEnum
CREATE TYPE "entry_channel" AS ENUM ('START_PAGE', 'CONTACT_CARD', 'APP', 'PHONE_KEYPAD');

-- CreateEnum
CREATE TYPE "triage_outcome" AS ENUM ('SELF_CARE', 'HEALTH_CENTRE', 'NURSE_LINE_1177', 'CALL_112');

-- CreateEnum
CREATE TYPE "priority" AS ENUM ('P1', 'P2', 'P3', 'P4', 'P5');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('PATIENT', 'GUARDIAN', 'STAFF', 'SYSTEM');

-- CreateEnum
CREATE TYPE "case_event_kind" AS ENUM ('OPENED', 'TRIAGED', 'ENTERED', 'REPRIORITISED', 'ROUTED', 'DUE_SOON', 'OVERFLOWED', 'CLAIMED', 'RELEASED', 'ANSWERED', 'STAFF_WROTE', 'PATIENT_WROTE', 'VISIT_LINKED', 'ABANDONED', 'CLOSED');

-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('CASE_ANSWERED', 'VISIT_BOOKED');

-- CreateEnum
CREATE TYPE "notification_status" AS ENUM ('QUEUED', 'SENDING', 'SENT', 'SUPPRESSED', 'FAILED', 'UNCERTAIN');

-- CreateTable
CREATE TABLE "care_case" (
    "id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "unit_id" TEXT NOT NULL,
    "unit_kind" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "responder_unit_id" TEXT,
    "entry_channel" "entry_channel" NOT NULL,
    "complaint" TEXT NOT NULL,
    "status" "case_status" NOT NULL,
    "outcome" "triage_outcome",
    "priority" "priority",
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(3),
    "target_at" TIMESTAMPTZ(3),
    "queue_class" SMALLINT,
    "answer_due_at" TIMESTAMPTZ(3),
    "opens_at" TIMESTAMPTZ(3),
    "review_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "overflowed_at" TIMESTAMPTZ(3),
    "assigned_to_id" TEXT,
    "assigned_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "care_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_event" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "case_event_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT,
    "status" "case_status" NOT NULL,
    "unit_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "idempotency_key" TEXT,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("case_id","version")
);

-- CreateTable
CREATE TABLE "case_visit" (
    "visit_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_visit_pkey" PRIMARY KEY ("visit_id")
);

-- CreateTable
CREATE TABLE "chat_message" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "author_kind" "actor_kind" NOT NULL,
    "author_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "chat_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "recipient_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "case_id" UUID,
    "visit_id" UUID,
    "status" "notification_status" NOT NULL,
    "reason" TEXT,
    "unique_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "provider_id" TEXT,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "processed_event" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "processed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "processed_event_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "questionnaire_version" (
    "url" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "questionnaire_version_pkey" PRIMARY KEY ("url","version")
);

-- CreateTable
CREATE TABLE "triage_session" (
    "case_id" UUID NOT NULL,
    "questionnaire_url" TEXT NOT NULL,
    "questionnaire_version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "triage_session_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "triage_answer" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "link_id" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_by_id" UUID NOT NULL,

    CONSTRAINT "triage_answer_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "triage_result" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "rule_id" TEXT NOT NULL,
    "red_flag" BOOLEAN NOT NULL,
    "outcome" "triage_outcome" NOT NULL,
    "priority" "priority",
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "triage_result_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateIndex
CREATE INDEX "care_case_patient_id_opened_at_idx" ON "care_case"("patient_id", "opened_at");

-- CreateIndex
CREATE INDEX "care_case_queue" ON "care_case"("responder_unit_id", "status", "queue_class", "target_at", "entered_at", "id");

-- CreateIndex
CREATE INDEX "care_case_review" ON "care_case"("status", "review_at");

-- CreateIndex
CREATE INDEX "care_case_relation" ON "care_case"("patient_id", "responder_unit_id", "closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "care_case_opened_by_id_idempotency_key_key" ON "care_case"("opened_by_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "case_event_unit_id_kind_at_idx" ON "case_event"("unit_id", "kind", "at");

-- CreateIndex
CREATE UNIQUE INDEX "case_event_actor_id_kind_idempotency_key_key" ON "case_event"("actor_id", "kind", "idempotency_key");

-- CreateIndex
CREATE INDEX "case_visit_case_id_idx" ON "case_visit"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_case_id_seq_key" ON "chat_message"("case_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_case_id_author_id_idempotency_key_key" ON "chat_message"("case_id", "author_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "notification_unique_key_key" ON "notification"("unique_key");

-- CreateIndex
CREATE INDEX "notification_case_id_idx" ON "notification"("case_id");

-- CreateIndex
CREATE INDEX "notification_status_queued_at_idx" ON "notification"("status", "queued_at");

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "care_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_visit" ADD CONSTRAINT "case_visit_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "care_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "care_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "triage_session" ADD CONSTRAINT "triage_session_questionnaire_url_questionnaire_version_fkey" FOREIGN KEY ("questionnaire_url", "questionnaire_version") REFERENCES "questionnaire_version"("url", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "triage_answer" ADD CONSTRAINT "triage_answer_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "triage_session"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "triage_result" ADD CONSTRAINT "triage_result_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "triage_session"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Nothing that was saved is ever deleted, and what was said or happened is never changed, whoever connects. [R14]
-- The engine splits the script at semicolons: those of the body are written \x3B.
CREATE FUNCTION "messaging"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN RAISE EXCEPTION \'% is append-only\', TG_TABLE_NAME\x3B END\x3B';

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."chat_message" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."case_event" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."triage_session" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."triage_answer" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messaging"."triage_result" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "kept" BEFORE DELETE OR TRUNCATE ON "messaging"."care_case" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
CREATE TRIGGER "kept" BEFORE DELETE OR TRUNCATE ON "messaging"."notification" FOR EACH STATEMENT EXECUTE FUNCTION "messaging"."refuse_change"();
