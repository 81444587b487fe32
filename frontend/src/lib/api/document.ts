import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

export type Document<Data, Variables> = TypedDocumentNode<Data, Variables>;

/** The name under which the gateway lists a generated document: its hash. */
export function idOf<Data, Variables>(document: Document<Data, Variables>): string {
  const { __meta__ } = document as unknown as { __meta__: { hash: string } };
  return __meta__.hash;
}
