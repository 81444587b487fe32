// Follows over a socket. What speaks on it is loaded with the first thing that is followed: nothing that is read needs it.
import type { Client, ExecutionResult } from 'graphql-ws';
import { idOf, type Document } from './document';

/** The gateway's code for "nobody is signed in, or no longer". */
const SIGNED_OUT = 4403;
/** How often the other end is asked whether it is there, and how long it may take to say so. */
const PING_MS = 20_000;
const PONG_MS = 8_000;

/** Why following ended. */
export type Ending = 'cut' | 'signed-out' | 'refused';

let client: Promise<Client> | undefined;

function connected(): Promise<Client> {
  client ??= import('graphql-ws').then(({ createClient }) =>
    createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      // Coming back is up to who follows: it knows its cursor by then.
      retryAttempts: 0,
      keepAlive: PING_MS,
      // The library wants a text; the gateway wants it left out where a document is named.
      jsonMessageReplacer: (key, value: unknown) => (key === 'query' && value === '' ? undefined : value),
      on: { ping: (received) => !received && expectPong(), pong: (received) => received && clearTimeout(pong) }
    })
  );
  client.catch(() => (client = undefined));
  return client;
}

let pong: ReturnType<typeof setTimeout> | undefined;

/** A socket over a network that went away looks open for minutes: no answer in time ends it. */
function expectPong(): void {
  pong = setTimeout(hangUp, PONG_MS);
}

/** Ends the socket at once, as when a device wakes up and cannot know whether it still stands. */
export function hangUp(): void {
  client?.then((standing) => standing.terminate(), () => {});
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
  let stop = (): void => {};
  const end = (why: Ending): void => {
    if (!over) ended(why);
    over = true;
  };
  const start = (standing: Client): void => {
    if (over) return;
    const hush = standing.on('connected', begun);
    const leave = standing.subscribe<Data>(request, {
      next({ data, errors }: ExecutionResult<Data>) {
        if (data) told(data);
        else if (errors) end('refused');
      },
      error: (thrown) => end(reason(thrown)),
      complete: () => end('cut')
    });
    stop = () => {
      hush();
      leave();
    };
  };
  connected().then(start, () => end('cut'));
  return () => {
    over = true;
    stop();
  };
}

function reason(thrown: unknown): Ending {
  if (Array.isArray(thrown)) return 'refused';
  return thrown instanceof CloseEvent && thrown.code === SIGNED_OUT ? 'signed-out' : 'cut';
}
