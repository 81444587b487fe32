import type { TypedDocumentNode } from '@urql/core';

/** The name under which the gateway lists a generated document: its hash. */
export function idOf<Data, Variables>(document: TypedDocumentNode<Data, Variables>): string {
  const { __meta__ } = document as unknown as { __meta__: { hash: string } };
  return __meta__.hash;
}
