import type { MemberFragment } from '#lib/gql/graphql';

/**
 * The tiles that somebody reads as their own: home and the areas they follow, in the order of the map; then what stands for several of
 * them, since a later map divided it. None, where home is the whole neighbourhood.
 */
export function nearOf({ homeTile, followedAreas, neighbourhood }: MemberFragment): string[] {
  const own = new Set([homeTile, ...(followedAreas ?? []).flatMap(({ tiles }) => tiles)].map(({ token }) => token));
  const tiles = (neighbourhood.tiles ?? []).map(({ token }) => token);
  const coarser = [...own].filter((token) => token !== 'X' && !tiles.includes(token));
  return [...tiles.filter((token) => own.has(token)), ...coarser];
}
