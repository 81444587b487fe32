import { ask } from '#lib/api/client';
import { StatementsDocument, type StatementFragment } from '#lib/gql/graphql';

/** How many at a time. */
const PAGE = 12;

/** What the reader was told of decisions, newest first. */
export class Statements {
  /** Undefined until they were asked for. */
  told = $state.raw<readonly StatementFragment[] | undefined>();
  hasMore = $state(false);
  #after: string | null = null;

  /** The newest, and then each time those before. */
  async more(): Promise<void> {
    const { statements } = await ask(StatementsDocument, { first: PAGE, after: this.#after });
    const { edges, pageInfo } = statements;
    this.told = [...(this.told ?? []), ...edges.map(({ node }) => node)];
    this.#after = pageInfo.endCursor ?? null;
    this.hasMore = pageInfo.hasNextPage;
  }
}
