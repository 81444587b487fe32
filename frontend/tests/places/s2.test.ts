import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { s2 } from 's2js';
import {
  childrenOf,
  contains,
  cornersOf,
  levelOf,
  neighboursOf,
  parentOf,
  tokenAt,
  type Point
} from '../../src/lib/places/s2.ts';

interface Golden {
  positions: {
    name: string;
    latitude_deg: number;
    longitude_deg: number;
    cells: { level: number; token: string; parent: string | null; children: string[] | null; neighbours: string[] }[];
  }[];
  refused: { given: string; code: string }[];
}

// The server's own: both sides must agree on which cell a place lies in.
const golden = JSON.parse(
  readFileSync(new URL('../../../services/kernel/geo/golden/cells.json', import.meta.url), 'utf8')
) as Golden;

/** The same points each time, all over the sphere. */
function* points(count: number): Generator<Point> {
  let seed = 20_261_121;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let index = 0; index < count; index += 1) {
    const latitude = (Math.asin(2 * next() - 1) * 180) / Math.PI;
    yield { latitude, longitude: next() * 360 - 180 };
  }
}

test('a position lies in the cell that the server says', () => {
  for (const { name, latitude_deg: latitude, longitude_deg: longitude, cells } of golden.positions) {
    for (const { level, token } of cells) {
      assert.equal(tokenAt({ latitude, longitude }, level), token, `${name}, level ${level}`);
    }
  }
});

test('parents, children and neighbours are those that the server says', () => {
  for (const { cells } of golden.positions) {
    for (const { level, token, parent, children, neighbours } of cells) {
      assert.equal(levelOf(token), level);
      if (parent) assert.equal(parentOf(token, level - 1), parent);
      if (children) assert.deepEqual(childrenOf(token), children);
      assert.deepEqual(neighboursOf(token).toSorted(), neighbours, token);
    }
  }
});

test('20,000 points agree with s2js at every level', () => {
  let index = 0;
  for (const point of points(20_000)) {
    const level = index++ % 15;
    const leaf = s2.cellid.fromLatLng(s2.LatLng.fromDegrees(point.latitude, point.longitude));
    assert.equal(tokenAt(point, level), s2.cellid.toToken(s2.cellid.parent(leaf, level)));
  }
});

test('corners agree with s2js to a millimetre', () => {
  for (const point of points(500)) {
    const token = tokenAt(point, 14);
    const cell = s2.Cell.fromCellID(s2.cellid.fromToken(token));
    cornersOf(token).forEach(({ latitude, longitude }, corner) => {
      const theirs = s2.LatLng.fromPoint(cell.vertex(corner));
      const apart = s2.LatLng.fromDegrees(latitude, longitude).distance(theirs);
      assert.ok(apart * 6_371_000 < 0.001, `${token}, corner ${corner}`);
    });
  }
});

test('a cell holds itself and its children, and no neighbour', () => {
  for (const { cells } of golden.positions) {
    for (const { token, children, neighbours } of cells) {
      assert.ok(contains(token, token));
      for (const child of children ?? []) assert.ok(contains(token, child) && !contains(child, token));
      for (const neighbour of neighbours) assert.ok(!contains(token, neighbour));
    }
  }
});

test('nothing finer than level 14 can be made, from a point or from a cell', () => {
  assert.throws(() => tokenAt({ latitude: 60.17, longitude: 24.94 }, 15), RangeError);
  assert.throws(() => childrenOf('46920bd3'), RangeError);
  assert.throws(() => levelOf('47e66e1dc'), RangeError);
});

test('what is no token is refused', () => {
  for (const { given, code } of golden.refused) {
    if (code !== 'CELL_TOO_COARSE') assert.throws(() => levelOf(given), RangeError, JSON.stringify(given));
  }
});
