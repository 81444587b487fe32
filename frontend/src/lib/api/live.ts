import { createClient, type Client, type ExecutionResult } from 'graphql-ws';
import { idOf, type Document } from './document';

/** The gateway's code for "nobody is signed in, or no longer". */
const SIGNED_OUT = 4403;
/** How often the other end is asked whether it is there, and how long it may take to say so. */
const PING_MS = 20_000;
const PONG_MS = 8_000;

/** Why following ended. */
export type Ending = 'cut' | 'signed-out' | 'refused';

let client: Client | undefined;

function connected(): Client {
  client ??= createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    // Coming back is up to who follows: it knows its cursor by then.
    retryAttempts: 0,
    keepAlive: PING_MS,
    // The library wants a text; the gateway wants it left out where a document is named.
    jsonMessageReplacer: (key, value: unknown) => (key === 'query' && value === '' ? undefined : value),
    on: { ping: (received) => !received && expectPong(), pong: (received) => received && clearTimeout(pong) }
  });
  return client;
}

let pong: ReturnType<typeof setTimeout> | undefined;

/** A socket over a network that went away looks open for minutes: no answer in time ends it. */
function expectPong(): void {
  pong = setTimeout(() => client?.terminate(), PONG_MS);
}

/** Ends the socket at once, as when a device wakes up and cannot know whether it still stands. */
export function hangUp(): void {
  client?.terminate();
}

/** Follows; returns how to stop. `ended` is called once when it ends by itself, `begun` when the socket stands. */
export function follow<Data extends Record<string, unknown>, Variables extends Record<string, unknown>>(
  document: Document<Data, Variables>,
  variables: Variables,
  told: (data: Data) => void,
  ended: (why: Ending) => void,
  begun: () => void
): () => void {
  const request = { query: '', documentId: idOf(document), variables };
  let over = false;
  const end = (why: Ending): void => {
    if (!over) ended(why);
    over = true;
  };
  const stop = connected().subscribe<Data>(request, {
    next({ data, errors }: ExecutionResult<Data>) {
      if (data) told(data);
      else if (errors) end('refused');
    },
    error: (thrown) => end(reason(thrown)),
    complete: () => end('cut')
  });
  const hush = connected().on('connected', begun);
  return () => {
    over = true;
    hush();
    stop();
  };
}

function reason(thrown: unknown): Ending {
  if (Array.isArray(thrown)) return 'refused';
  return thrown instanceof CloseEvent && thrown.code === SIGNED_OUT ? 'signed-out' : 'cut';
}
