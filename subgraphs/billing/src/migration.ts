import type { Migration } from '@vardgraf/service'

/** Billing stores nothing of its own yet: its role reaches the access log. */
export const migration: Migration = { service: 'billing', schema: null, apply: async () => [] }
