import { randomUUID } from 'node:crypto';
import type { Person } from './browser.ts';
import { PATIENCE_MS } from './program.ts';

/** Not so often that the board limits who looks. */
const LOOK_MS = 1_000;

/** Asks the board something as whoever is signed in does, in the page’s own name; for what a test needs and is not about. */
export function ask<Data>({ page }: Person, query: string, variables: Record<string, unknown>): Promise<Data> {
  return page.evaluate(
    async (body) => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify(body)
      });
      const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return data as never;
    },
    { query, variables }
  );
}

type Done = Record<'done', { __typename: string; reasons?: { message: string }[] }>;

async function carriedOut(person: Person, operation: string, input: Record<string, unknown>): Promise<void> {
  const name = `${operation[0]?.toUpperCase()}${operation.slice(1)}`;
  const query = `mutation($input: ${name}Input!) { done: ${operation}(input: $input) { __typename } }`;
  const { done } = await ask<Done>(person, query, { input });
  if (/Refused|Limited/.test(done.__typename)) throw new Error(`${operation}: ${done.__typename}`);
}

/** Reports what somebody wrote, as soon as moderation has heard of it. */
export async function report(person: Person, content: string, reason: string, explanation = ''): Promise<void> {
  const input = { clientKey: randomUUID(), content, reason, explanation, goodFaith: true };
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const unheard = await carriedOut(person, 'reportContent', input).then(() => undefined, (thrown: Error) => thrown);
    if (!unheard) return;
    if (!unheard.message.includes('NOT_FOUND') || Date.now() > deadline) throw unheard;
    await new Promise((look) => setTimeout(look, LOOK_MS));
  }
}

/** Says that one is in a picture of a notice. */
export const isIn = (person: Person, post: string, media: string): Promise<void> =>
  carriedOut(person, 'reportDepiction', { clientKey: randomUUID(), post, media });

/** Appeals against what one was told of last. */
export async function appeal(person: Person, text: string): Promise<void> {
  type Told = { statements: { edges: { node: { id: string } }[] } };
  const { statements } = await ask<Told>(person, '{ statements(first: 1) { edges { node { id } } } }', {});
  await carriedOut(person, 'appealDecision', { statement: statements.edges[0]?.node.id, text });
}
