import { tileAt, type Tile } from './levelMap';

export type Located = { tile: string } | { trouble: 'denied' | 'unknown' | 'outside' };

/** A street's precision is more than enough for a tile, and found faster. */
const OPTIONS: PositionOptions = { enableHighAccuracy: false, timeout: 15_000, maximumAge: 60_000 };

/** The tile in which this device is. The position is asked for once, looked up here, and kept nowhere. */
export function locate(tiles: readonly Tile[]): Promise<Located> {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const tile = tileAt(coords, tiles);
        resolve(tile ? { tile } : { trouble: 'outside' });
      },
      ({ code, PERMISSION_DENIED }) => resolve({ trouble: code === PERMISSION_DENIED ? 'denied' : 'unknown' }),
      OPTIONS
    );
  });
}
