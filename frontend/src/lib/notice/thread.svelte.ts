import { ask } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { hidden } from '#lib/device/hidden.svelte';
import { drop, keepNotice, keptNotice } from '#lib/device/kept';
import { saw } from '#lib/device/seen';
import {
  NoticeDocument,
  PostChangesDocument,
  type AnswerFragment,
  type CardFragment,
  type ComingFragment,
  type MeFragment,
  type ThreadFragment,
  type UnseenFragment
} from '#lib/gql/graphql';

const PAGE = 30;
/** How often it looks whether something is over. */
const SWEEP_MS = 30_000;

/** Of what was found, what a board and a device keep of it too. */
function cardOf(found: ThreadFragment): CardFragment {
  const { comments: _comments, coming: _coming, mine: _mine, neighbourhood: _hood, ...rest } = found;
  const { confirmableFrom: _from, lapsesAt: _lapses, accepted: _accepted, ...shown } = rest;
  const { ruling: _ruling, policeMayRead: _police, ...card } = shown;
  return card;
}

/** Whether neighbours see it. */
const isUp = ({ state }: ThreadFragment): boolean => state === 'PUBLISHED' || state === 'RESOLVED';

const answersOf = ({ comments }: ThreadFragment): AnswerFragment[] => comments?.edges.map(({ node }) => node) ?? [];

/** A notice with the answers below it. */
export class Thread {
  readonly id: string;
  phase = $state<'loading' | 'ready' | 'gone' | 'failed'>('loading');
  fault = $state.raw<Fault | undefined>();
  notice = $state.raw<CardFragment | undefined>();
  mine = $state(false);
  /** Of an event: who comes, as far as the reader may know. */
  coming = $state.raw<ComingFragment | undefined>();
  /** Where it stands while neighbours do not see it; unknown of a copy. */
  unseen = $state.raw<UnseenFragment | undefined>();
  /** Where it hangs; unknown while it is shown as it was kept. */
  neighbourhood = $state.raw<ThreadFragment['neighbourhood'] | undefined>();
  answers = $state.raw<readonly AnswerFragment[]>([]);
  hasMore = $state(false);
  /** It is shown as it was kept: the board cannot be asked. */
  kept = $state(false);
  /** The reader has had it before their eyes. */
  seen = $state(false);
  /** How many answers of others arrived before the reader's eyes, until they answer themselves. */
  arrived = $state(0);
  /** What time it is, closely enough for what is over: an event, or the notice. */
  now = $state(Date.now());
  #after: string | null = null;
  #refreshing = false;
  #sweeper: ReturnType<typeof setInterval> | undefined;
  /** Who is told that the session is over; none while nobody looks. */
  #signedOut: (() => void) | undefined;
  #follower: { stop(): void } | undefined;
  readonly #reader: MeFragment | undefined;

  /** What there is to read depends on who reads; undefined: somebody signed out. */
  constructor(id: string, reader: MeFragment | undefined) {
    this.id = id;
    this.#reader = reader;
  }

  /** Whether it hangs on a board of the reader's: what is kept does. Everybody else reads it as a public event. */
  get inside(): boolean {
    const hood = this.neighbourhood;
    return !hood || (this.#reader?.memberships.some(({ neighbourhood }) => neighbourhood.id === hood.id) ?? false);
  }

  async load(): Promise<void> {
    try {
      const found = await this.#ask(null);
      if (!found) return await this.#go();
      this.#show(found);
      this.fault = undefined;
      this.phase = 'ready';
      if (isUp(found) && this.inside) void keepNotice(cardOf(found)).catch(() => {});
    } catch (thrown) {
      await this.#recall(Fault.from(thrown));
    }
    if (this.phase === 'ready') void this.#follow();
  }

  /**
   * Loads, and tells of answers, changes and its end as they come until the returned function is called. Who is signed out
   * reads an event as it is when they look.
   */
  open(signedOut: () => void): () => void {
    this.#signedOut = signedOut;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    void this.load();
    return () => {
      clearInterval(this.#sweeper);
      this.#signedOut = undefined;
      this.#follower?.stop();
    };
  }

  async #follow(): Promise<void> {
    if (!this.#reader || this.#follower) return;
    try {
      const { Follower } = await import('#lib/api/follower');
      const signedOut = this.#signedOut;
      if (!signedOut || this.#follower || this.phase !== 'ready') return;
      const question = { id: this.id, comments: PAGE };
      this.#follower = new Follower(PostChangesDocument, () => question, {
        told: ({ postChanges }) => void this.#told(postChanges),
        connected: () => {},
        signedOut
      });
    } catch {
      // Then it is read anew whenever the reader is back.
    }
  }

  async #told(found: ThreadFragment | null): Promise<void> {
    if (!found) return this.#go();
    // Further answers that could not be asked for come with the next change.
    if (this.phase === 'ready') await this.#renew(found).catch(() => {});
  }

  /**
   * Takes over what came and went meanwhile. A board that cannot be asked leaves everything as it is; one that asks who
   * this is does not: it was for everybody, and is no more.
   */
  async refresh(): Promise<void> {
    this.#sweep();
    if (this.phase !== 'ready' || this.#refreshing) return;
    this.#refreshing = true;
    try {
      const found = await this.#ask(null);
      if (!found) return await this.#go();
      await this.#renew(found);
    } catch (thrown) {
      const fault = Fault.from(thrown);
      if (fault.trouble === 'signed-out') this.#fail(fault);
    } finally {
      this.#refreshing = false;
    }
  }

  /** What is over goes, also where nobody can tell it. */
  #sweep(): void {
    this.now = Date.now();
    if (this.notice && Date.parse(this.notice.expiresAt) <= this.now) void this.#go();
  }

  async more(): Promise<void> {
    const found = await this.#ask(this.#after);
    if (!found) return;
    const known = new Set(this.answers.map(({ id }) => id));
    this.answers = [...this.answers, ...answersOf(found).filter(({ id }) => !known.has(id))];
    this.#page(found);
  }

  /** The notice is now so; what only its own page knows stays. */
  change(notice: CardFragment): void {
    this.notice = notice;
  }

  /** Somebody is in one of its pictures: nobody sees any of them until that is decided. */
  hidePictures(): void {
    if (this.notice) this.notice = { ...this.notice, media: [] };
  }

  /** The reader answered the event, and it is so now. */
  come(coming: ComingFragment): void {
    this.coming = coming;
  }

  add(answer: AnswerFragment): void {
    if (!this.answers.some(({ id }) => id === answer.id)) this.answers = [...this.answers, answer];
    this.arrived = 0;
  }

  remove(id: string): void {
    this.answers = this.answers.filter((answer) => answer.id !== id);
  }

  async #ask(after: string | null): Promise<ThreadFragment | undefined> {
    const { node } = await ask(NoticeDocument, { id: this.id, comments: PAGE, after });
    if (node?.__typename !== 'Post') return undefined;
    const { __typename: _type, ...found } = node;
    return found;
  }

  #take(found: ThreadFragment): void {
    this.notice = cardOf(found);
    this.coming = found.coming ?? undefined;
    this.unseen = found;
    this.neighbourhood = found.neighbourhood;
    this.mine = found.mine ?? false;
    this.kept = false;
    this.seen = true;
    if (isUp(found) && this.inside) saw(found, found.neighbourhood.id);
  }

  /** As it is now, with as many answers as were read. */
  async #renew(found: ThreadFragment): Promise<void> {
    const wanted = this.answers.length;
    const known = new Set(this.answers.map(({ id }) => id));
    // Of a copy there are no answers, and while there are more of them new ones are not shown.
    const isWhole = !this.kept && !this.hasMore;
    let answers = answersOf(found);
    let last = found;
    while (answers.length < wanted && last.comments?.pageInfo.hasNextPage) {
      const next = await this.#ask(last.comments.pageInfo.endCursor);
      if (!next) break;
      answers = [...answers, ...answersOf(next)];
      last = next;
    }
    this.#take(found);
    this.answers = answers;
    this.#page(last);
    const others = answers.filter((answer) => !known.has(answer.id) && !answer.mine && !hidden.hides(answer));
    if (isWhole) this.arrived += others.length;
  }

  #show(found: ThreadFragment): void {
    this.#take(found);
    this.answers = answersOf(found);
    this.#page(found);
  }

  async #go(): Promise<void> {
    this.#follower?.stop();
    this.phase = 'gone';
    this.notice = undefined;
    await drop([this.id]).catch(() => {});
  }

  #page({ comments }: ThreadFragment): void {
    this.#after = comments?.pageInfo.endCursor ?? null;
    this.hasMore = comments?.pageInfo.hasNextPage ?? false;
  }

  async #recall(fault: Fault): Promise<void> {
    const notice = await keptNotice(this.id).catch(() => undefined);
    if (fault.trouble === 'not-found' || fault.trouble === 'invalid') this.phase = 'gone';
    else if (notice && fault.trouble !== 'signed-out') {
      this.notice = notice;
      this.kept = true;
      this.seen = true;
      this.phase = 'ready';
    } else {
      this.#fail(fault);
    }
  }

  #fail(fault: Fault): void {
    this.notice = undefined;
    this.fault = fault;
    this.phase = 'failed';
  }
}
