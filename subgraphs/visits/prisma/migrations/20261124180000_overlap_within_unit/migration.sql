-- Visits booked so far were all booked by the unit that gives them.
ALTER TABLE "visit" ADD COLUMN "bookedByUnitId" TEXT;
UPDATE "visit" SET "bookedByUnitId" = "unitId";
ALTER TABLE "visit" ALTER COLUMN "bookedByUnitId" SET NOT NULL;

-- What Prisma's schema cannot say

-- One unit does not book a patient twice at once at the same place. Visits at other units, and those that another has booked there, refuse
-- nothing: a refusal would tell of what the booker may not see.
ALTER TABLE "visit" DROP CONSTRAINT "visit_no_overlap";
ALTER TABLE "visit" ADD CONSTRAINT "visit_no_overlap" EXCLUDE USING gist (
    "patientId" WITH =,
    "unitId" WITH =,
    "bookedByUnitId" WITH =,
    tstzrange("startsAt", "endsAt") WITH &&
) WHERE ("status" IN ('PROPOSED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS'));
