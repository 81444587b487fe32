import { ask } from '#lib/api/client';
import {
  DecisionsDocument,
  MonthDocument,
  PlaceDocument,
  RaisedLimitsDocument,
  ReservesDocument,
  type DecisionsQuery,
  type MonthQuery,
  type RaisedLimitsQuery,
  type ReservesQuery
} from '#lib/gql/graphql';

/** How many decisions at a time. */
const PAGE = 12;

export type Logged = DecisionsQuery['decisions']['edges'][number];
export type Report = MonthQuery['transparencyReport'];

/** What moderators decide in a neighbourhood, as everybody may know of it. */
export class Log {
  readonly slug: string;
  /** What it is called; null where there is no such neighbourhood, undefined until that is known. */
  name = $state<string | null | undefined>();
  decisions = $state.raw<readonly Logged[]>([]);
  hasMore = $state(false);
  /** Moderators from elsewhere who help out, or did within a year. */
  reserves = $state.raw<ReservesQuery['reserveModerators']>([]);
  /** When more of what tells of people was shown than usual, within a year. */
  raised = $state.raw<RaisedLimitsQuery['raisedLimits']>([]);
  /** The numbers of the month that was asked for last. */
  report = $state.raw<Report | undefined>();
  #id: string | undefined;
  #after: string | null = null;

  constructor(slug: string) {
    this.slug = slug;
  }

  /** Which neighbourhood it is, and its latest decisions. */
  async load(): Promise<void> {
    const { neighbourhood } = await ask(PlaceDocument, { slug: this.slug });
    this.#id = neighbourhood?.id;
    if (neighbourhood) {
      const here = { neighbourhood: neighbourhood.id };
      const [{ reserveModerators }, { raisedLimits }] = await Promise.all([
        ask(ReservesDocument, here),
        ask(RaisedLimitsDocument, here),
        this.more()
      ]);
      this.reserves = reserveModerators;
      this.raised = raisedLimits;
    }
    this.name = neighbourhood?.name ?? null;
  }

  /** Those before. */
  async more(): Promise<void> {
    if (!this.#id) return;
    const { decisions } = await ask(DecisionsDocument, { neighbourhood: this.#id, first: PAGE, after: this.#after });
    this.decisions = [...this.decisions, ...decisions.edges];
    this.#after = decisions.pageInfo.endCursor ?? null;
    this.hasMore = decisions.pageInfo.hasNextPage;
  }

  async read(month: string): Promise<void> {
    if (!this.#id) return;
    this.report = undefined;
    this.report = (await ask(MonthDocument, { neighbourhood: this.#id, month })).transparencyReport;
  }
}
