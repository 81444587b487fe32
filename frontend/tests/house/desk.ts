// A moderator's deeds without their console: what the moderators' schema is asked from their browser.
import assert from 'node:assert/strict';
import type { Person } from './browser.ts';

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: unknown;
}

/** Asks the moderators' schema as who is signed in there. */
async function ask<T>({ page }: Person, query: string, variables: object): Promise<T> {
  const answer = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      return (await (await fetch('/moderator/graphql', { method: 'POST', headers, body })).json()) as Answer;
    },
    JSON.stringify({ query, variables })
  );
  assert.deepEqual(answer.errors, undefined);
  return answer.data as T;
}

interface Case {
  id: string;
  version: number;
}

const CASES = `query ($n: ID!) { queue(neighbourhood: $n) { edges { node { id } } } }`;
const CASE = `query ($id: ID!) { case(id: $id) { id version content { post { id } comment { id } } } }`;
const CLAIM = `mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }`;
const DECIDE = `mutation ($input: DecideCaseInput!) { decideCase(input: $input) { id } }`;
const APPEALS = `query ($n: ID!) { appeals(neighbourhood: $n) { edges { node { id } } } }`;
const DECIDE_APPEAL = `mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { id } }`;

interface Listed {
  edges: { node: { id: string } }[];
}
interface Read {
  case: Case & { content: { post: { id: string }; comment: { id: string } | null } | null };
}

/** The id of the first neighbourhood of who is signed in. */
export async function neighbourhoodOf({ page }: Person): Promise<string> {
  return page.evaluate(async () => {
    const body = JSON.stringify({ query: '{ viewer { memberships { neighbourhood { id } } } }' });
    const headers = { 'content-type': 'application/json' };
    const answer = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
    return answer.data.viewer.memberships[0].neighbourhood.id as string;
  });
}

export interface Decided {
  measure: 'KEEP' | 'ASK_FOR_EDIT' | 'LIMIT' | 'REMOVE';
  rule: string;
  facts: string;
}

/** Takes the open case about a notice or an answer, and decides it. */
export async function decide(moderator: Person, about: string, decided: Decided): Promise<void> {
  const n = await neighbourhoodOf(moderator);
  const { queue } = await ask<{ queue: Listed }>(moderator, CASES, { n });
  for (const { node } of queue.edges) {
    const { case: read } = await ask<Read>(moderator, CASE, { id: node.id });
    if ((read.content?.comment ?? read.content?.post)?.id !== about) continue;
    await ask(moderator, CLAIM, { input: { case: read.id } });
    const input = { case: read.id, version: read.version, ground: 'HOUSE_RULES', ...decided };
    return void (await ask(moderator, DECIDE, { input }));
  }
  assert.fail(`no case about ${about}`);
}

/** Decides the only appeal there is for them. */
export async function decideAppeal(moderator: Person, outcome: 'UPHELD' | 'REVERSED', facts: string): Promise<void> {
  const n = await neighbourhoodOf(moderator);
  const { appeals } = await ask<{ appeals: Listed }>(moderator, APPEALS, { n });
  assert.equal(appeals.edges.length, 1);
  await ask(moderator, DECIDE_APPEAL, { input: { appeal: appeals.edges[0]?.node.id, outcome, facts } });
}
