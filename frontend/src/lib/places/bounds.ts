import type { Tile } from './levelMap.ts';
import { cornersOf, type Point } from './s2.ts';

/** West, south, east, north, in degrees. */
export type Bounds = [number, number, number, number];

/** What holds all of these tiles. */
export function boundsOf(tiles: readonly Tile[]): Bounds {
  const corners = tiles.flatMap(({ token }) => cornersOf(token));
  const latitudes = corners.map(({ latitude }) => latitude);
  const longitudes = corners.map(({ longitude }) => longitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

/** As much again on every side. */
export function roomy([west, south, east, north]: Bounds): Bounds {
  const [wide, high] = [east - west, north - south];
  return [west - wide, south - high, east + wide, north + high];
}

/** How wide they are on a map for every part that they are high. */
export function shapeOf([west, south, east, north]: Bounds): number {
  const up = (degrees: number): number => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) * (180 / Math.PI);
  return (east - west) / (up(north) - up(south));
}

/** Whether some of these hold every corner of the tiles, but for a strip that nobody sees. */
export function hold(parts: readonly Bounds[], tiles: readonly Tile[]): boolean {
  const isIn = ({ latitude, longitude }: Point, [west, south, east, north]: Bounds): boolean => {
    const [wide, high] = [(east - west) / 20, (north - south) / 20];
    return longitude >= west - wide && longitude <= east + wide && latitude >= south - high && latitude <= north + high;
  };
  return tiles.flatMap(({ token }) => cornersOf(token)).every((corner) => parts.some((part) => isIn(corner, part)));
}
