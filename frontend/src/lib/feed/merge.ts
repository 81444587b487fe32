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
  switch (change.__typename) {
    case 'PostAppeared':
      if (!has(hanging, change.post.id)) {
        return atTop ? { notices: [change.post, ...notices], waiting } : { notices, waiting: [change.post, ...waiting] };
      }
    // A notice that is there already, told again after a reconnect, is as it is now.
    // falls through
    case 'PostChanged':
      return { notices: replaced(notices, change.post), waiting: replaced(waiting, change.post) };
    case 'PostGone':
      return { notices: without(notices, change.id), waiting: without(waiting, change.id) };
    default:
      return hanging;
  }
}

/** Puts up what waited. */
export const putUp = ({ notices, waiting }: Hanging): Hanging => ({ notices: [...waiting, ...notices], waiting: [] });

/** Takes down what is over. */
export function expire({ notices, waiting }: Hanging, now: number): Hanging {
  const stays = ({ expiresAt }: CardFragment): boolean => Date.parse(expiresAt) > now;
  return { notices: notices.filter(stays), waiting: waiting.filter(stays) };
}
