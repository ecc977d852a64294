import type { CodegenConfig } from '@graphql-codegen/cli'

/**
 * Types of operations from the graph's API schema, which `npm run schema` writes.
 * Documents are strings at run time: neither a browser nor a test parses GraphQL.
 */
const typedDocuments = (folder: string): CodegenConfig['generates'] => ({
  [`${folder}/src/gql/`]: {
    preset: 'client',
    documents: [`${folder}/src/**/*.graphql`, `${folder}/{src,tests}/**/*.ts`, `!${folder}/src/gql/**`],
    presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
    config: {
      documentMode: 'string',
      scalars: { ID: 'string', DateTime: 'string', Date: 'string' },
      strictScalars: true,
      enumsAsTypes: true,
      useTypeImports: true,
      dedupeFragments: true,
    },
  },
})

const config: CodegenConfig = {
  schema: 'packages/client/schema.graphql',
  ignoreNoDocuments: true,
  importExtension: '.js',
  emitLegacyCommonJSImports: false,
  generates: { ...typedDocuments('packages/client'), ...typedDocuments('e2e') },
}

export default config
