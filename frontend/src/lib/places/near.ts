import type { MemberFragment } from '#lib/gql/graphql';

/** The tiles that somebody reads as their own: home and the areas they follow. None, where home is the whole neighbourhood. */
export function nearOf({ homeTile, followedAreas, neighbourhood }: MemberFragment): string[] {
  const own = new Set([homeTile, ...followedAreas.flatMap(({ tiles }) => tiles)].map(({ token }) => token));
  return (neighbourhood.tiles ?? []).map(({ token }) => token).filter((token) => own.has(token));
}
