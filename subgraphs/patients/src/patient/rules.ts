/** The region whose policy applies to a person: where she is registered as a resident, else where she is listed; null until the register has told. */
export const regionOf = (resident: string | null, listed: string | null | undefined): string | null => resident ?? listed ?? null
