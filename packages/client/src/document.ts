import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'

/** An operation with the types of its result and variables, as codegen makes it; a string at run time. */
export type Document<R, V> = DocumentTypeDecoration<R, V> & { toString(): string }

/** Variables are left out where an operation has none. */
export type VariablesOf<V> = Record<string, never> extends V ? [variables?: V] : [variables: V]
