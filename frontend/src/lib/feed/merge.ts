// What a change does to a board that somebody is reading.
import type { CardFragment, FeedChangesSubscription } from '#lib/gql/graphql';

export type Change = FeedChangesSubscription['feedChanges'];

/** What hangs on the board, and what arrived and waits until the reader wants it. */
export interface Hanging {
  readonly notices: readonly CardFragment[];
  readonly waiting: readonly CardFragment[];
}

const replaced = (list: readonly CardFragment[], notice: CardFragment): readonly CardFragment[] =>
  list.some(({ id }) => id === notice.id) ? list.map((other) => (other.id === notice.id ? notice : other)) : list;

const without = (list: readonly CardFragment[], id: string): readonly CardFragment[] =>
  list.filter((notice) => notice.id !== id);

const has = ({ notices, waiting }: Hanging, id: string): boolean =>
  notices.some((notice) => notice.id === id) || waiting.some((notice) => notice.id === id);

/** New notices wait while somebody reads further down; what changed or went does so at once. */
export function merge(hanging: Hanging, change: Change, atTop: boolean): Hanging {
  const { notices, waiting } = hanging;
  const { __typename: kind } = change;
  if (kind === 'PostGone') return { notices: without(notices, change.id), waiting: without(waiting, change.id) };
  if (kind !== 'PostAppeared' && kind !== 'PostChanged') return hanging;
  // What is there already may be told again after a reconnect: then it is as it is now.
  if (kind === 'PostChanged' || has(hanging, change.post.id)) {
    return { notices: replaced(notices, change.post), waiting: replaced(waiting, change.post) };
  }
  return atTop ? { notices: [change.post, ...notices], waiting } : { notices, waiting: [change.post, ...waiting] };
}

/** Puts up what waited. */
export const putUp = ({ notices, waiting }: Hanging): Hanging => ({ notices: [...waiting, ...notices], waiting: [] });

/** Takes down what is over. */
export function expire({ notices, waiting }: Hanging, now: number): Hanging {
  const stays = ({ expiresAt }: CardFragment): boolean => Date.parse(expiresAt) > now;
  return { notices: notices.filter(stays), waiting: waiting.filter(stays) };
}
