// Asks over HTTP. No cache stands between: pages keep what they show themselves, and the live feed changes it.
import { getLocale } from '#lib/paraglide/runtime';
import { idOf, type Document } from './document';
import { Fault, type GraphQLFault } from './fault';

/** An answer may take this long; then the network counts as gone. */
const PATIENCE_MS = 20_000;

interface Answer<Data> {
  data?: Data | null;
  errors?: GraphQLFault[];
}

/** Who is told that a session is over. */
let signedOut = (): void => {};

export function onSignedOut(tell: () => void): void {
  signedOut = tell;
}

async function send(at: string, documentId: string, variables: unknown): Promise<Answer<unknown>> {
  try {
    const answer = await fetch(at, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        // What the server says to people, it says in the language of the page.
        'accept-language': getLocale()
      },
      body: JSON.stringify({ documentId, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS)
    });
    return (await answer.json()) as Answer<unknown>;
  } catch {
    throw new Fault('offline');
  }
}

/** What came of a question of which parts may be missing: they are null. */
export interface Parts<Data> {
  data: Data;
  /** Why a part is missing; the first reason where there are several. */
  fault: Fault | undefined;
}

/** Asks for whatever can be had, of residents' schema or of another one's address; throws a {@link Fault} where that is nothing, or nobody knows. */
export async function askParts<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  at = '/graphql'
): Promise<Parts<Data>> {
  const { data, errors } = await send(at, idOf(document), variables);
  const fault = errors?.[0] && Fault.of(errors[0]);
  if (fault?.trouble === 'signed-out') signedOut();
  if (!data) throw fault ?? new Fault('unavailable');
  return { data: data as Data, fault };
}

/** Carries an operation out of which only the whole is of use; throws a {@link Fault} where it was not, or nobody knows. */
export async function ask<Data, Variables>(document: Document<Data, Variables>, variables: Variables, at?: string): Promise<Data> {
  const { data, fault } = await askParts(document, variables, at);
  if (fault) throw fault;
  return data;
}

/** The same for what changes something: read as what it is where it stands. */
export const act = ask;
