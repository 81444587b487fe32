import { Client, fetchExchange, type AnyVariables, type OperationResult, type TypedDocumentNode } from '@urql/core';
import { getLocale } from '#lib/paraglide/runtime';
import { idOf } from './document';
import { Fault } from './fault';

/** An answer may take this long; then the network counts as gone. */
const PATIENCE_MS = 20_000;

// No cache: pages keep what they show themselves, and the live feed changes it.
const client = new Client({
  url: '/graphql',
  exchanges: [fetchExchange],
  requestPolicy: 'network-only',
  preferGetMethod: false,
  fetchOptions: () => ({
    // What the server says to people, it says in the language of the page.
    headers: { 'accept-language': getLocale() },
    signal: AbortSignal.timeout(PATIENCE_MS)
  })
});

/** Who is told that a session is over. */
let signedOut = (): void => {};

export function onSignedOut(tell: () => void): void {
  signedOut = tell;
}

function named<Data, Variables>(document: TypedDocumentNode<Data, Variables>): TypedDocumentNode<Data, Variables> {
  const stub = { kind: 'Document', definitions: [], documentId: idOf(document) };
  return stub as unknown as TypedDocumentNode<Data, Variables>;
}

function unwrap<Data, Variables extends AnyVariables>(result: OperationResult<Data, Variables>): Data {
  const { data, error } = result;
  if (error) {
    const fault = Fault.of(error);
    if (fault.trouble === 'signed-out') signedOut();
    throw fault;
  }
  if (!data) throw new Fault('unavailable');
  return data;
}

/** Asks; throws a {@link Fault} where there is no answer. */
export async function ask<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables
): Promise<Data> {
  return unwrap(await client.query(named(document), variables).toPromise());
}

/** Does; throws a {@link Fault} where it was not done or nobody knows. */
export async function act<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables
): Promise<Data> {
  return unwrap(await client.mutation(named(document), variables).toPromise());
}
