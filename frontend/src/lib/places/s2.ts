/** S2 cells (s2geometry.io) as far as Palier needs them: never finer than {@link FINEST}. */

export const FINEST = 14;

/** A point on the earth, in degrees. It lives in memory while a tile is looked up, and goes nowhere. */
export interface Point {
  latitude: number;
  longitude: number;
}

type Vector = readonly [number, number, number];

/** Where a cell lies on its face of the cube: a square of the unit square. */
interface Square {
  face: number;
  s: number;
  t: number;
  side: number;
}

/** Along the Hilbert curve: which quarter (`s` in the high bit, `t` in the low one) comes at which position, by orientation. */
const QUARTERS: readonly (readonly number[])[] = [
  [0, 1, 3, 2],
  [0, 2, 3, 1],
  [3, 2, 0, 1],
  [3, 1, 0, 2]
];
/** How the curve turns in the quarter at a position. */
const TURNS: readonly number[] = [1, 0, 0, 3];
const DEEPEST = 30;
const RADIANS = Math.PI / 180;

/** The token of the cell of `level` that holds a point. */
export function tokenAt(point: Point, level: number): string {
  return tokenOf(vectorOf(point), level);
}

export function levelOf(token: string): number {
  return levelOfId(idOf(token));
}

/** The cell of `level` that holds a cell. */
export function parentOf(token: string, level: number): string {
  const id = idOf(token);
  if (level > levelOfId(id)) throw new RangeError(`${token} is coarser than level ${level}`);
  return tokenOfId(atLevel(id, level));
}

/** The four quarters of a cell, in the order of the curve. */
export function childrenOf(token: string): string[] {
  const id = idOf(token);
  const lowest = lowestBit(id);
  checkLevel(levelOfId(id) + 1);
  return [-3n, -1n, 1n, 3n].map((step) => tokenOfId(id + (step * lowest) / 4n));
}

/** Whether `inner` is `outer` or lies in it. */
export function contains(outer: string, inner: string): boolean {
  const level = levelOf(outer);
  return level <= levelOf(inner) && parentOf(inner, level) === parentOf(outer, level);
}

/** The cells of the same level around a cell: eight, or seven at a corner of the cube. */
export function neighboursOf(token: string): string[] {
  const { face, s, t, side } = squareOf(token);
  const level = levelOf(token);
  const steps = [-1, 0, 1].flatMap((east) => [-1, 0, 1].map((north) => [east, north] as const));
  const around = steps
    .filter(([east, north]) => east !== 0 || north !== 0)
    .map(([east, north]) => tokenOf(vectorAt(face, s + (east + 0.5) * side, t + (north + 0.5) * side), level));
  return [...new Set(around)];
}

/** The four corners of a cell, against the clock. */
export function cornersOf(token: string): Point[] {
  const { face, s, t, side } = squareOf(token);
  return [
    vectorAt(face, s, t),
    vectorAt(face, s + side, t),
    vectorAt(face, s + side, t + side),
    vectorAt(face, s, t + side)
  ].map(pointOf);
}

function checkLevel(level: number): void {
  if (!Number.isInteger(level) || level < 0 || level > FINEST) {
    throw new RangeError(`a cell has a level from 0 to ${FINEST}`);
  }
}

function tokenOf(vector: Vector, level: number): string {
  checkLevel(level);
  const face = faceOf(vector);
  const [u, v] = uvOn(face, vector);
  const columns = 2 ** level;
  const column = (along: number) => Math.min(columns - 1, Math.max(0, Math.floor(stOf(along) * columns)));
  const i = column(u);
  const j = column(v);
  let id = BigInt(face);
  let orientation = face & 1;
  for (let bit = level - 1; bit >= 0; bit -= 1) {
    const quarter = (((i >> bit) & 1) << 1) | ((j >> bit) & 1);
    const position = at(QUARTERS, orientation).indexOf(quarter);
    id = (id << 2n) | BigInt(position);
    orientation ^= at(TURNS, position);
  }
  return tokenOfId(((id << 1n) | 1n) << BigInt(2 * (DEEPEST - level)));
}

function squareOf(token: string): Square {
  const id = idOf(token);
  const level = levelOfId(id);
  const face = Number(id >> 61n);
  let i = 0;
  let j = 0;
  let orientation = face & 1;
  for (let depth = 1; depth <= level; depth += 1) {
    const position = Number((id >> BigInt(61 - 2 * depth)) & 3n);
    const quarter = at(at(QUARTERS, orientation), position);
    i = (i << 1) | (quarter >> 1);
    j = (j << 1) | (quarter & 1);
    orientation ^= at(TURNS, position);
  }
  const side = 2 ** -level;
  return { face, s: i * side, t: j * side, side };
}

function idOf(token: string): bigint {
  if (!/^[0-9a-f]{1,16}$/.test(token)) throw new RangeError('a token is 1 to 16 hexadecimal digits');
  const id = BigInt(`0x${token.padEnd(16, '0')}`);
  const level = id === 0n ? -1 : levelOfId(id);
  if (id >> 61n > 5n || !Number.isInteger(level)) throw new RangeError(`${token} is no cell`);
  checkLevel(level);
  return id;
}

function tokenOfId(id: bigint): string {
  return id.toString(16).padStart(16, '0').replace(/0+$/, '');
}

function lowestBit(id: bigint): bigint {
  return id & -id;
}

/** The level is where the lowest bit stands; half a level: not a cell. */
function levelOfId(id: bigint): number {
  return DEEPEST - (lowestBit(id).toString(2).length - 1) / 2;
}

function atLevel(id: bigint, level: number): bigint {
  checkLevel(level);
  const lowest = 1n << BigInt(2 * (DEEPEST - level));
  return (id & -lowest) | lowest;
}

function vectorOf({ latitude, longitude }: Point): Vector {
  const around = Math.cos(latitude * RADIANS);
  return [
    Math.cos(longitude * RADIANS) * around,
    Math.sin(longitude * RADIANS) * around,
    Math.sin(latitude * RADIANS)
  ];
}

function pointOf([x, y, z]: Vector): Point {
  return { latitude: Math.atan2(z, Math.hypot(x, y)) / RADIANS, longitude: Math.atan2(y, x) / RADIANS };
}

function faceOf([x, y, z]: Vector): number {
  const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (a > b) return a > c ? (x < 0 ? 3 : 0) : z < 0 ? 5 : 2;
  return b > c ? (y < 0 ? 4 : 1) : z < 0 ? 5 : 2;
}

function uvOn(face: number, [x, y, z]: Vector): readonly [number, number] {
  switch (face) {
    case 0:
      return [y / x, z / x];
    case 1:
      return [-x / y, z / y];
    case 2:
      return [-x / z, -y / z];
    case 3:
      return [z / x, y / x];
    case 4:
      return [z / y, -x / y];
    default:
      return [-y / z, -x / z];
  }
}

/** Where a place on a face, or just beside it, looks from the middle of the earth. */
function vectorAt(face: number, s: number, t: number): Vector {
  const u = uvOf(s);
  const v = uvOf(t);
  switch (face) {
    case 0:
      return [1, u, v];
    case 1:
      return [-u, 1, v];
    case 2:
      return [-u, -v, 1];
    case 3:
      return [-1, -v, -u];
    case 4:
      return [v, -1, -u];
    default:
      return [v, u, -1];
  }
}

/** S2's quadratic projection: it makes cells of one level nearly of one size. */
function uvOf(s: number): number {
  return s >= 0.5 ? (4 * s * s - 1) / 3 : (1 - 4 * (1 - s) * (1 - s)) / 3;
}

function stOf(u: number): number {
  return u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u);
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError('out of range');
  return item;
}
