// Follows something for as long as somebody looks at it, and comes back by itself.
import type { Document } from './document';
import { follow, hangUp } from './live';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A page that was away this long does not trust its socket. */
const AWAY_MS = 30_000;

export interface Listener<Data> {
  told(data: Data): void;
  /** Following works, or does not for now. */
  connected(yes: boolean): void;
  signedOut(): void;
}

export class Follower<Data extends Record<string, unknown>, Variables extends Record<string, unknown>> {
  #operation: Document<Data, Variables>;
  #variables: () => Variables;
  #listener: Listener<Data>;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT_MS;
  #hiddenAt = 0;
  #over = new AbortController();

  /** What is asked may be another thing each time it begins: with the cursor of what was heard last. */
  constructor(operation: Document<Data, Variables>, variables: () => Variables, listener: Listener<Data>) {
    this.#operation = operation;
    this.#variables = variables;
    this.#listener = listener;
    const { signal } = this.#over;
    addEventListener('online', () => this.#again(0), { signal });
    addEventListener('offline', () => this.#cut(), { signal });
    document.addEventListener('visibilitychange', () => this.#looked(), { signal });
    this.#begin();
  }

  stop(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
    this.#stop?.();
  }

  #begin(): void {
    this.#stop?.();
    this.#stop = follow(
      this.#operation,
      this.#variables(),
      (data) => {
        this.#wait = FIRST_WAIT_MS;
        this.#listener.connected(true);
        this.#listener.told(data);
      },
      (why) => (why === 'signed-out' ? this.#listener.signedOut() : this.#cut()),
      () => {
        this.#wait = FIRST_WAIT_MS;
        this.#listener.connected(true);
      }
    );
  }

  #cut(): void {
    if (this.#over.signal.aborted) return;
    this.#listener.connected(false);
    // Not all at once when a server comes back.
    this.#again(this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #again(inMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), inMs);
  }

  #looked(): void {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > AWAY_MS) hangUp();
  }
}
