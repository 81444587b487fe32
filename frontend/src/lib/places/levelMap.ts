import { contains, FINEST, neighboursOf, tokenAt, type Point } from './s2.ts';

/** The whole neighbourhood, where a smaller tile would hide too few households. */
export const WHOLE = 'X';

/** A tile of a neighbourhood, as the schema gives it. */
export interface Tile {
  token: string;
  name: string;
  selectable: boolean;
}

/**
 * The tile of the neighbourhood in which a point lies: what may be told of it, and never anything finer. Undefined: outside of the
 * neighbourhood.
 */
export function tileAt(point: Point, tiles: readonly Tile[]): string | undefined {
  const cell = tokenAt(point, FINEST);
  const tile = tiles.find(({ token }) => contains(token, cell));
  return tile && (tile.selectable ? tile.token : WHOLE);
}

/**
 * What a looked-up position may suggest: home where it is next to home. Who writes from around their home, now on one side of an edge
 * and now on the other, would give away by the numbers where the door is.
 */
export function besideHome(tile: string, home: string | undefined): string {
  if (home === undefined || home === WHOLE || tile === WHOLE) return tile;
  const isNear = neighboursOf(home).some((near) => contains(near, tile) || contains(tile, near));
  return isNear ? home : tile;
}
