import { ask } from '#lib/api/client';
import { StatementsDocument } from '#lib/gql/graphql';

/** As many as a page of them has. */
const LATEST = 30;

/** The latest statement that told the reader of a decision about something they wrote; none among their latest ones. */
export async function statementAbout(content: string): Promise<string | undefined> {
  const { statements } = await ask(StatementsDocument, { first: LATEST, after: null });
  const told = statements.edges.map(({ node }) => node);
  return told.find((one) => one.content === content && one.occasion === 'DECISION')?.id;
}
