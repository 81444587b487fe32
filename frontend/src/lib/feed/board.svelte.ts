import { tick } from 'svelte';
import { ask } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { beginCursor, drop, dropAll, keepPage, keptPage } from '#lib/device/kept';
import {
  FeedChangesDocument,
  FeedDocument,
  type CardFragment,
  type Category,
  type FeedChangesSubscriptionVariables,
  type PageFragment
} from '#lib/gql/graphql';
import { FIRST, keyOf, takeOpened } from '#lib/session/opening';
import { session } from '#lib/session/session.svelte';
import { expire, merge, putUp, type Change, type Hanging } from './merge';

/** How many come when a reader asks for older ones. */
const OLDER = 20;
/** What a device keeps of one feed. */
const KEPT_MOST = 60;
/** How often the board looks for what is over. */
const SWEEP_MS = 30_000;

/** The notices of a neighbourhood, of one category or of all, of some tiles or of all, as somebody reads them. */
export class Board {
  readonly neighbourhood: string;
  readonly category: Category | undefined;
  /** Of these tiles; none: of all. */
  readonly tiles: readonly string[];
  /** Whether the reader is where a new notice disturbs nobody. */
  atTop: () => boolean = () => true;

  #hanging = $state.raw<Hanging>({ notices: [], waiting: [] });
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  fault = $state.raw<Fault | undefined>();
  hasMore = $state(false);
  /** When what is shown was last known to be so, while nothing newer can be heard. */
  staleSince = $state<number | undefined>();

  #changesCursor = '';
  #endCursor: string | null = null;
  #heardAt = 0;
  /** What is shown may be gone: the first page has to be read anew, and until then nothing of it is kept. */
  #mustReload = false;
  #follower: { stop(): void } | undefined;
  #sweeper: ReturnType<typeof setInterval> | undefined;

  constructor(neighbourhood: string, category: Category | undefined, tiles: readonly string[]) {
    this.neighbourhood = neighbourhood;
    this.category = category;
    this.tiles = tiles;
  }

  get notices(): readonly CardFragment[] {
    return this.#hanging.notices;
  }

  get waiting(): readonly CardFragment[] {
    return this.#hanging.waiting;
  }

  /** Loads unless it has, and follows until the returned function is called. */
  open(): () => void {
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    if (this.phase === 'ready') void this.#follow();
    else void this.load();
    return () => {
      clearInterval(this.#sweeper);
      this.#sweeper = undefined;
      this.#follower?.stop();
      this.#follower = undefined;
    };
  }

  /** The first page, from the server or else as it was kept. */
  async load(): Promise<void> {
    if (this.phase === 'failed') this.phase = 'loading';
    this.fault = undefined;
    try {
      const feed = takeOpened(this.key) ?? (await this.#ask(null));
      this.#hanging = { notices: feed.edges.map(({ node }) => node), waiting: [] };
      this.#changesCursor = feed.changesCursor;
      this.#paged(feed);
      this.#mustReload = false;
      this.#hear();
      this.phase = 'ready';
      this.#keep();
      if (this.#isWhole) void beginCursor(this.neighbourhood, feed.changesCursor).catch(() => {});
    } catch (thrown) {
      await this.#recall(Fault.from(thrown));
    }
    if (this.phase !== 'ready') return;
    // First the notices, then what speaks of their changes.
    await tick();
    void this.#follow();
  }

  async more(): Promise<void> {
    const feed = await this.#ask(this.#endCursor);
    const known = new Set(this.notices.map(({ id }) => id));
    const older = feed.edges.map(({ node }) => node).filter(({ id }) => !known.has(id));
    this.#hanging = { ...this.#hanging, notices: [...this.notices, ...older] };
    this.#paged(feed);
    this.#keep();
  }

  /** Puts up what arrived meanwhile. */
  show(): void {
    this.#change(putUp(this.#hanging));
  }

  /** What the reader did elsewhere: their own notice is up, changed or gone. */
  tell(change: Change): void {
    this.#change(merge(this.#hanging, change, true));
    if (change.__typename === 'PostGone') void drop([change.id]).catch(() => {});
  }

  async #ask(after: string | null): Promise<PageFragment> {
    return (await ask(FeedDocument, { ...this.#question, first: after ? OLDER : FIRST, after })).feed;
  }

  get #question(): FeedChangesSubscriptionVariables {
    const { neighbourhood, category, tiles } = this;
    return { neighbourhood, cells: tiles.length ? [...tiles] : null, categories: category ? [category] : null };
  }

  /** What it shows, in one text: boards of one key are the same. */
  get key(): string {
    return keyOf(this.neighbourhood, this.category, this.tiles);
  }

  get #isWhole(): boolean {
    return !this.category && this.tiles.length === 0;
  }

  #paged({ pageInfo }: PageFragment): void {
    this.#endCursor = pageInfo.endCursor;
    this.hasMore = pageInfo.hasNextPage;
  }

  async #recall(fault: Fault): Promise<void> {
    if (this.phase === 'ready') return this.#lose();
    const kept = await keptPage(this.key).catch(() => undefined);
    if (!kept || fault.trouble === 'signed-out' || fault.trouble === 'forbidden') {
      this.fault = fault;
      this.phase = 'failed';
      return;
    }
    this.#hanging = { notices: kept.notices, waiting: [] };
    this.#changesCursor = kept.changesCursor;
    this.#endCursor = kept.endCursor;
    this.hasMore = kept.hasNextPage;
    this.#heardAt = kept.at;
    this.staleSince = kept.at;
    this.phase = 'ready';
  }

  /** What follows is loaded once there is something to follow; where it did not come, the next sweep tries again. */
  async #follow(): Promise<void> {
    try {
      const { Follower } = await import('#lib/api/follower');
      if (this.#sweeper === undefined) return;
      this.#follower?.stop();
      const question = () => ({ ...this.#question, after: this.#changesCursor });
      this.#follower = new Follower(FeedChangesDocument, question, {
        told: ({ feedChanges }) => this.#told(feedChanges),
        connected: (yes) => (yes ? this.#hear() : this.#lose()),
        signedOut: () => session.end()
      });
    } catch {
      this.#lose();
    }
  }

  #told(change: Change): void {
    this.#changesCursor = change.cursor;
    if (change.__typename === 'FeedReload') {
      this.#mustReload = true;
      void dropAll().catch(() => {});
      void this.load();
      return;
    }
    this.#change(merge(this.#hanging, change, this.atTop()));
    if (change.__typename === 'PostGone') void drop([change.id]).catch(() => {});
  }

  /** What is over goes from the board and from the device, also where nobody can tell them. */
  #sweep(): void {
    void drop().catch(() => {});
    if (this.phase !== 'ready') return;
    this.#change(expire(this.#hanging, Date.now()));
    if (this.#mustReload) void this.load();
    else if (!this.#follower) void this.#follow();
  }

  #hear(): void {
    if (this.#mustReload) return;
    this.#heardAt = Date.now();
    this.staleSince = undefined;
  }

  #lose(): void {
    this.staleSince ??= this.#heardAt;
  }

  #change(hanging: Hanging): void {
    this.#hanging = hanging;
    this.#keep();
  }

  #keep(): void {
    if (this.#mustReload) return;
    const kept = [...this.waiting, ...this.notices].slice(0, KEPT_MOST);
    const page = {
      ids: kept.map(({ id }) => id),
      changesCursor: this.#changesCursor,
      endCursor: this.#endCursor,
      hasNextPage: this.hasMore,
      at: this.#heardAt
    };
    // A device that cannot keep anything reads online only.
    void keepPage(this.key, page, kept).catch(() => {});
  }
}

let current: Board | undefined;

/** The board somebody looks at; coming back to it finds it as it was. */
export function boardOf(neighbourhood: string, category: Category | undefined, tiles: readonly string[]): Board {
  const board = new Board(neighbourhood, category, tiles);
  if (current?.key !== board.key) current = board;
  return current;
}

/** Tells the board that is open, if one is. */
export function tellBoard(change: Change): void {
  current?.tell(change);
}

export function forgetBoard(): void {
  current = undefined;
}
