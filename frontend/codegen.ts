import type { CodegenConfig } from '@graphql-codegen/cli';

type Made = CodegenConfig['generates'][string];

/** Types from an SDL that is checked in; documents are named by their hash, and the list of them is what a gateway allows. */
const typed = (schema: string, documents: string): Made => ({
  schema: `../schema/graphql/${schema}.graphql`,
  documents,
  preset: 'client',
  presetConfig: {
    fragmentMasking: false,
    skipIndexFile: true,
    persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm: 'sha256' }
  },
  config: {
    enumType: 'string-literal',
    useTypeImports: true,
    strictScalars: true,
    scalars: { CellToken: 'string', DateTime: 'string', ID: 'string' }
  }
});

const config: CodegenConfig = {
  generates: {
    'src/lib/gql/': typed('resident', 'src/graphql/*.graphql'),
    'src/lib/gql/moderator/': typed('moderator', 'src/graphql/moderator/*.graphql')
  }
};

export default config;
