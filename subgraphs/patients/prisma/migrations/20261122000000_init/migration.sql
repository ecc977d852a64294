
-- What Prisma's schema cannot say
CREATE INDEX "care_unit_swedish_order_idx" ON "care_unit"("name" COLLATE "sv-x-icu", "hsa_id");

ALTER TABLE "person" ADD CONSTRAINT "person_personal_identity_number_check" CHECK ("personal_identity_number" ~ '^[0-9]{12}$');

ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_of_another_check" CHECK ("guardian_id" <> "child_id");

ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_block_is_whole_check" CHECK (num_nulls("blocked_at", "blocked_by", "blocked_reason") IN (0, 3));
