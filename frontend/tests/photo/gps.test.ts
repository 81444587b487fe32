import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionOf } from '../../src/lib/photo/gps.ts';
import type { Point } from '../../src/lib/places/s2.ts';
import { exif, heicWith, withExif } from './exif.ts';

const HELSINKI = { latitude: 60.1756, longitude: 24.9472 };
const SOUTH_WEST = { latitude: -33.8688, longitude: -70.6693 };
const EMPTY_JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0x00, 0x02, 0xff, 0xd9]);

const read = (bytes: Uint8Array<ArrayBuffer>) => positionOf(new Blob([bytes]));

function assertNear(found: Point | undefined, expected: Point): void {
  assert.ok(found, 'no position was found');
  assert.ok(Math.abs(found.latitude - expected.latitude) < 1e-6, `${found.latitude}`);
  assert.ok(Math.abs(found.longitude - expected.longitude) < 1e-6, `${found.longitude}`);
}

test('a JPEG says where it was taken, in both byte orders and on every side of the earth', async () => {
  for (const position of [HELSINKI, SOUTH_WEST]) {
    for (const littleEndian of [true, false]) {
      assertNear(await read(withExif(EMPTY_JPEG, exif({ position }, littleEndian))), position);
    }
  }
});

test('a HEIC says where it was taken', async () => {
  assertNear(await read(heicWith(exif({ position: HELSINKI }))), HELSINKI);
});

test('a file without a position says nothing', async () => {
  assert.equal(await read(EMPTY_JPEG), undefined);
  assert.equal(await read(withExif(EMPTY_JPEG, exif({ model: 'A camera' }))), undefined);
  assert.equal(await read(heicWith(exif({ orientation: 6 }))), undefined);
  assert.equal(await read(new Uint8Array()), undefined);
  assert.equal(await read(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')), undefined);
});

test('a position that cannot be is none', async () => {
  for (const position of [
    { latitude: 0, longitude: 0 },
    { latitude: 91, longitude: 10 },
    { latitude: 10, longitude: 181 }
  ]) {
    assert.equal(await read(withExif(EMPTY_JPEG, exif({ position }))), undefined);
  }
});

test('hostile files neither throw nor take long: cut at every byte, and with every byte turned', async () => {
  const files = [withExif(EMPTY_JPEG, exif({ position: HELSINKI })), heicWith(exif({ position: HELSINKI }))];
  const started = performance.now();
  for (const file of files) {
    for (let at = 0; at < file.length; at += 1) {
      await read(file.slice(0, at));
      for (const value of [0x00, 0x7f, 0xff]) {
        const turned = file.slice();
        turned[at] = value;
        const found = await read(turned);
        assert.ok(!found || (Math.abs(found.latitude) <= 90 && Math.abs(found.longitude) <= 180));
      }
    }
  }
  assert.ok(performance.now() - started < 30_000);
});
