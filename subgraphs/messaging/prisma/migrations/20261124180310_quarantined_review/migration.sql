-- CreateTable
CREATE TABLE "quarantined_review" (
    "case_id" UUID NOT NULL,
    "failures" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL,
    "retry_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "quarantined_review_pkey" PRIMARY KEY ("case_id")
);
