import { Sending } from '#lib/forms/sending.svelte';

/** A page of a list, as the schema hands it on (Relay). */
interface Page<Node> {
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  edges: { node: Node }[];
}

/** A list that is read page by page. */
export class Pages<Node extends { id: string }> {
  /** What is known of it; nothing before it was asked for. */
  items = $state.raw<Node[] | undefined>();
  hasMore = $state(false);
  readonly loading = new Sending();
  #ask: (after: string | null) => Promise<Page<Node>>;
  #after: string | null = null;

  constructor(ask: (after: string | null) => Promise<Page<Node>>) {
    this.#ask = ask;
  }

  /** From its beginning. */
  load(): Promise<boolean> {
    return this.loading.run(async () => this.#take(await this.#ask(null), []));
  }

  more(): Promise<boolean> {
    return this.loading.run(async () => this.#take(await this.#ask(this.#after), this.items ?? []));
  }

  /** It is not in it any more. */
  forget(id: string): void {
    this.items = this.items?.filter((item) => item.id !== id);
  }

  /** It stands otherwise than before; nothing where it is not in what is known. */
  change(node: Node): void {
    this.items = this.items?.map((item) => (item.id === node.id ? node : item));
  }

  #take({ edges, pageInfo }: Page<Node>, before: readonly Node[]): void {
    const known = new Set(before.map(({ id }) => id));
    // What was claimed or told of meanwhile may have moved: nothing stands twice.
    this.items = [...before, ...edges.map(({ node }) => node).filter(({ id }) => !known.has(id))];
    this.#after = pageInfo.endCursor;
    this.hasMore = pageInfo.hasNextPage;
  }
}
