import { tick } from 'svelte';
import { ask } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { beginCursor, drop, dropAll, keepPage, keptPage } from '#lib/device/kept';
import { FeedDocument, type CardFragment, type Category, type FeedQuery } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';
import { readyTimes } from '#lib/words/time';
import { Follower } from './follower';
import { expire, merge, putUp, type Change, type Hanging } from './merge';

/** What a reader sees at first, a few screens; and what comes when they ask for older ones. */
const FIRST = 12;
const PAGE = 20;
/** What a device keeps of one feed. */
const KEPT_MOST = 60;
/** How often the board looks for what is over. */
const SWEEP_MS = 30_000;

/** The notices of a neighbourhood, of one category or of all, as somebody reads them. */
export class Board {
  readonly neighbourhood: string;
  readonly category: Category | undefined;
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
  #follower: Follower | undefined;
  #sweeper: ReturnType<typeof setInterval> | undefined;

  constructor(neighbourhood: string, category: Category | undefined) {
    this.neighbourhood = neighbourhood;
    this.category = category;
  }

  get notices(): readonly CardFragment[] {
    return this.#hanging.notices;
  }

  get waiting(): readonly CardFragment[] {
    return this.#hanging.waiting;
  }

  /** Loads unless it has, and follows until the returned function is called. */
  open(): () => void {
    if (this.phase === 'ready') this.#follow();
    else void this.load();
    this.#sweeper = setInterval(() => this.#change(expire(this.#hanging, Date.now())), SWEEP_MS);
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
      const asked = this.#ask(null);
      readyTimes();
      const { feed } = await asked;
      this.#hanging = { notices: feed.edges.map(({ node }) => node), waiting: [] };
      this.#changesCursor = feed.changesCursor;
      this.#paged(feed);
      this.#hear();
      this.phase = 'ready';
      this.#keep();
      if (!this.category) void beginCursor(this.neighbourhood, feed.changesCursor).catch(() => {});
    } catch (thrown) {
      await this.#recall(Fault.from(thrown));
    }
    if (this.phase !== 'ready') return;
    // First the notices, then what speaks of their changes.
    await tick();
    if (this.#sweeper !== undefined) this.#follow();
  }

  async more(): Promise<void> {
    const { feed } = await this.#ask(this.#endCursor);
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

  #ask(after: string | null): Promise<FeedQuery> {
    return ask(FeedDocument, { neighbourhood: this.neighbourhood, categories: this.#categories, first: after ? PAGE : FIRST, after });
  }

  get #categories(): Category[] | null {
    return this.category ? [this.category] : null;
  }

  get #key(): string {
    return `${this.neighbourhood}:${this.category ?? ''}`;
  }

  #paged({ pageInfo }: FeedQuery['feed']): void {
    this.#endCursor = pageInfo.endCursor;
    this.hasMore = pageInfo.hasNextPage;
  }

  async #recall(fault: Fault): Promise<void> {
    if (this.phase === 'ready') return this.#lose();
    const kept = await keptPage(this.#key).catch(() => undefined);
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

  #follow(): void {
    this.#follower?.stop();
    const question = { neighbourhood: this.neighbourhood, categories: this.#categories };
    this.#follower = new Follower(question, this.#changesCursor, {
      told: (change) => this.#told(change),
      connected: (yes) => (yes ? this.#hear() : this.#lose()),
      signedOut: () => session.end()
    });
  }

  #told(change: Change): void {
    this.#changesCursor = change.cursor;
    if (change.__typename === 'FeedReload') {
      void dropAll().catch(() => {});
      void this.load();
      return;
    }
    this.#change(merge(this.#hanging, change, this.atTop()));
    if (change.__typename === 'PostGone') void drop([change.id]).catch(() => {});
  }

  #hear(): void {
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
    const kept = [...this.waiting, ...this.notices].slice(0, KEPT_MOST);
    const page = {
      ids: kept.map(({ id }) => id),
      changesCursor: this.#changesCursor,
      endCursor: this.#endCursor,
      hasNextPage: this.hasMore,
      at: this.#heardAt
    };
    // A device that cannot keep anything reads online only.
    void keepPage(this.#key, page, kept).catch(() => {});
  }
}

let current: Board | undefined;

/** The board somebody looks at; coming back to it finds it as it was. */
export function boardOf(neighbourhood: string, category: Category | undefined): Board {
  if (current?.neighbourhood !== neighbourhood || current.category !== category) {
    current = new Board(neighbourhood, category);
  }
  return current;
}

/** Tells the board that is open, if one is. */
export function tellBoard(change: Change): void {
  current?.tell(change);
}

export function forgetBoard(): void {
  current = undefined;
}
