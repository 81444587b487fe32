// Follows a feed for as long as somebody looks at it, and comes back by itself with the last cursor.
import { follow, hangUp } from '#lib/api/live';
import { FeedChangesDocument, type Category } from '#lib/gql/graphql';
import type { Change } from './merge';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A page that was away this long does not trust its socket. */
const AWAY_MS = 30_000;

export interface Question {
  neighbourhood: string;
  categories: Category[] | null;
}

export interface Listener {
  told(change: Change): void;
  /** Following works, or does not for now. */
  connected(yes: boolean): void;
  signedOut(): void;
}

export class Follower {
  #question: Question;
  #listener: Listener;
  #cursor: string;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT_MS;
  #hiddenAt = 0;
  #over = new AbortController();

  constructor(question: Question, cursor: string, listener: Listener) {
    this.#question = question;
    this.#cursor = cursor;
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
      FeedChangesDocument,
      { ...this.#question, after: this.#cursor },
      ({ feedChanges }) => {
        this.#cursor = feedChanges.cursor;
        this.#wait = FIRST_WAIT_MS;
        this.#listener.connected(true);
        this.#listener.told(feedChanges);
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
