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

async function send(documentId: string, variables: unknown): Promise<Answer<unknown>> {
  try {
    const answer = await fetch('/graphql', {
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

/** Carries an operation out; throws a {@link Fault} where it was not, or nobody knows. */
export async function ask<Data, Variables>(document: Document<Data, Variables>, variables: Variables): Promise<Data> {
  const { data, errors } = await send(idOf(document), variables);
  if (errors?.[0]) {
    const fault = Fault.of(errors[0]);
    if (fault.trouble === 'signed-out') signedOut();
    throw fault;
  }
  if (!data) throw new Fault('unavailable');
  return data as Data;
}

/** The same for what changes something: read as what it is where it stands. */
export const act = ask;
