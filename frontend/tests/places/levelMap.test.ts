import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideHome, tileAt, WHOLE, type Tile } from '../../src/lib/places/levelMap.ts';
import { cornersOf, neighboursOf } from '../../src/lib/places/s2.ts';

const tiles: Tile[] = [
  { token: '46920bd3', name: 'Pitkäsilta', selectable: true },
  { token: '46920bd5', name: 'Hakaniemi', selectable: false },
  { token: '46920bcc', name: 'Kluuvi', selectable: true }
];

function middleOf(token: string) {
  const corners = cornersOf(token);
  const mean = (of: (corner: (typeof corners)[number]) => number) => corners.reduce((sum, corner) => sum + of(corner) / 4, 0);
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}

test('a point becomes the tile of the neighbourhood that it lies in, however coarse that is', () => {
  assert.equal(tileAt(middleOf('46920bd3'), tiles), '46920bd3');
  assert.equal(tileAt(middleOf('46920bcd'), tiles), '46920bcc');
});

test('a tile that hides too few households is told as the whole neighbourhood', () => {
  assert.equal(tileAt(middleOf('46920bd5'), tiles), WHOLE);
});

test('outside of the neighbourhood there is no tile', () => {
  assert.equal(tileAt({ latitude: 48.8566, longitude: 2.3522 }, tiles), undefined);
  assert.equal(tileAt(middleOf('46920bd3'), []), undefined);
});

test('a position next to home suggests home, one farther away itself', () => {
  for (const near of neighboursOf('46920bd3')) assert.equal(besideHome(near, '46920bd3'), '46920bd3');
  assert.equal(besideHome('46920bcc', '46920bd3'), '46920bd3', 'a coarser tile that touches home');
  assert.equal(besideHome('47e66e1d', '46920bd3'), '47e66e1d');
  assert.equal(besideHome('46920bd3', undefined), '46920bd3');
  assert.equal(besideHome(WHOLE, '46920bd3'), WHOLE);
});
