import { askParts } from '#lib/api/client';
import { PublicEventsDocument, type CardFragment } from '#lib/gql/graphql';

/** How many at a time. */
const PAGE = 12;

/** The events of a neighbourhood that are for everybody, soonest first, as somebody reads them who is no member. */
export class OpenEvents {
  readonly slug: string;
  /** What it is called; null where there is no such neighbourhood, undefined until that is known. */
  name = $state<string | null | undefined>();
  events = $state.raw<readonly CardFragment[]>([]);
  hasMore = $state(false);
  #after: string | null = null;

  constructor(slug: string) {
    this.slug = slug;
  }

  /** The soonest. Whatever was shown and is open no more goes. */
  async load(): Promise<void> {
    this.events = await this.#ask(null);
  }

  /** The same, unless somebody reads further already. */
  async refresh(): Promise<void> {
    if (this.events.length <= PAGE) await this.load();
  }

  async more(): Promise<void> {
    const known = new Set(this.events.map(({ id }) => id));
    const later = await this.#ask(this.#after);
    this.events = [...this.events, ...later.filter(({ id }) => !known.has(id))];
  }

  async #ask(after: string | null): Promise<CardFragment[]> {
    const { data, fault } = await askParts(PublicEventsDocument, { slug: this.slug, first: PAGE, after });
    const { neighbourhood } = data;
    // What it is called is known even where its events are not.
    if (neighbourhood || !fault) this.name = neighbourhood?.name ?? null;
    if (fault) throw fault;
    const found = neighbourhood?.publicEvents;
    this.#after = found?.pageInfo.endCursor ?? null;
    this.hasMore = found?.pageInfo.hasNextPage ?? false;
    return found?.edges.map(({ node }) => node) ?? [];
  }
}
