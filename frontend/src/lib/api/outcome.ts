import type { LimitedFragment, ReasonFragment } from '#lib/gql/graphql';

type Answered = { __typename: string } & Partial<LimitedFragment> & { reasons?: ReasonFragment[] };

/**
 * Why something was not done; empty where it was. A limit is one reason more: its sentence says when again. Unions may
 * grow members, so what has neither reasons nor a limit counts as done.
 */
export function reasonsOf(answer: Answered): ReasonFragment[] {
  if (answer.reasons) return answer.reasons;
  if (answer.__typename !== 'RateLimited' || !answer.message) return [];
  return [{ code: 'OTHER', message: answer.message, field: null, range: null }];
}
