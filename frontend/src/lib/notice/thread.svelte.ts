import { ask } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { drop, keepNotice, keptNotice } from '#lib/device/kept';
import { NoticeDocument, type AnswerFragment, type CardFragment, type NoticeQuery } from '#lib/gql/graphql';

const PAGE = 30;

type Found = Extract<NonNullable<NoticeQuery['node']>, { __typename: 'Post' }>;

/** Of what was found, what a board and a device keep of it too. */
function cardOf(found: Found): CardFragment {
  const { comments: _comments, mine: _mine, neighbourhood: _hood, __typename: _type, ...card } = found;
  return card;
}

const answersOf = ({ comments }: Found): AnswerFragment[] => comments?.edges.map(({ node }) => node) ?? [];

/** A notice with the answers below it. */
export class Thread {
  readonly id: string;
  phase = $state<'loading' | 'ready' | 'gone' | 'failed'>('loading');
  fault = $state.raw<Fault | undefined>();
  notice = $state.raw<CardFragment | undefined>();
  mine = $state(false);
  /** Where it hangs; unknown while it is shown as it was kept. */
  neighbourhood = $state.raw<Found['neighbourhood'] | undefined>();
  answers = $state.raw<readonly AnswerFragment[]>([]);
  hasMore = $state(false);
  /** It is shown as it was kept: the board cannot be asked. */
  kept = $state(false);
  #after: string | null = null;
  #refreshing = false;

  constructor(id: string) {
    this.id = id;
  }

  async load(): Promise<void> {
    try {
      const found = await this.#ask(null);
      if (!found) return await this.#go();
      this.#show(found);
      this.fault = undefined;
      this.phase = 'ready';
      if (found.state !== 'IN_REVIEW') void keepNotice(this.notice as CardFragment).catch(() => {});
    } catch (thrown) {
      await this.#recall(Fault.from(thrown));
    }
  }

  /**
   * Takes over what came and went meanwhile: no change of a feed announces answers. A board that cannot be asked leaves
   * everything as it is.
   */
  async refresh(): Promise<void> {
    if (this.phase !== 'ready' || this.#refreshing) return;
    this.#refreshing = true;
    try {
      const found = await this.#ask(null);
      if (!found) return await this.#go();
      const further = this.answers.length > PAGE;
      if (further) this.notice = cardOf(found);
      else this.#show(found);
      if (further && !this.hasMore) await this.more();
    } catch (thrown) {
      Fault.from(thrown);
    } finally {
      this.#refreshing = false;
    }
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

  add(answer: AnswerFragment): void {
    if (!this.answers.some(({ id }) => id === answer.id)) this.answers = [...this.answers, answer];
  }

  remove(id: string): void {
    this.answers = this.answers.filter((answer) => answer.id !== id);
  }

  async #ask(after: string | null): Promise<Found | undefined> {
    const { node } = await ask(NoticeDocument, { id: this.id, comments: PAGE, after });
    return node?.__typename === 'Post' ? node : undefined;
  }

  #show(found: Found): void {
    this.notice = cardOf(found);
    this.neighbourhood = found.neighbourhood;
    this.mine = found.mine ?? false;
    this.answers = answersOf(found);
    this.kept = false;
    this.#page(found);
  }

  async #go(): Promise<void> {
    this.phase = 'gone';
    await drop([this.id]).catch(() => {});
  }

  #page({ comments }: Found): void {
    this.#after = comments?.pageInfo.endCursor ?? null;
    this.hasMore = comments?.pageInfo.hasNextPage ?? false;
  }

  async #recall(fault: Fault): Promise<void> {
    const notice = await keptNotice(this.id).catch(() => undefined);
    if (fault.trouble === 'not-found' || fault.trouble === 'invalid') this.phase = 'gone';
    else if (notice) {
      this.notice = notice;
      this.kept = true;
      this.phase = 'ready';
    } else {
      this.fault = fault;
      this.phase = 'failed';
    }
  }
}
