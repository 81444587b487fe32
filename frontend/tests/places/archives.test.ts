import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PMTiles, type Source } from 'pmtiles';
import { levelOf } from '../../src/lib/places/s2.ts';

const paths = globSync(fileURLToPath(new URL('../../../services/palier/demo/tiles/*.pmtiles', import.meta.url)));

/** What a feature may carry, as `infra/tiles` promises. */
const FIELDS: Record<string, string[]> = {
  water: ['kind', 'name'],
  landuse: ['kind', 'name'],
  buildings: ['kind'],
  roads: ['is_bridge', 'is_tunnel', 'kind', 'kind_detail', 'name'],
  places: ['kind', 'kind_detail', 'name']
};

interface Metadata {
  attribution: string;
  vector_layers: { id: string; fields: Record<string, string> }[];
}

function archiveAt(path: string): PMTiles {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const source: Source = {
    getKey: () => path,
    getBytes: (offset, length) => Promise.resolve({ data: bytes.slice(offset, offset + length) })
  };
  return new PMTiles(source);
}

test('the demo has a map, small enough to be fetched whole', () => {
  assert.ok(paths.length > 0);
  assert.ok(paths.reduce((sum, path) => sum + statSync(path).size, 0) < 400_000);
});

test('an archive is named by its level-11 cell, says whose data it is, and nothing of the machine that made it', async () => {
  for (const path of paths) {
    assert.equal(levelOf(basename(path, '.pmtiles')), 11);
    const metadata = (await archiveAt(path).getMetadata()) as Metadata;
    assert.deepEqual(Object.keys(metadata).toSorted(), ['attribution', 'license', 'vector_layers']);
    assert.match(metadata.attribution, /OpenStreetMap contributors/);
  }
});

test('features carry what is on the list and no more: no house, no door, nobody', async () => {
  for (const path of paths) {
    const { vector_layers } = (await archiveAt(path).getMetadata()) as Metadata;
    for (const { id, fields } of vector_layers) {
      const unknown = Object.keys(fields).filter((field) => !FIELDS[id]?.includes(field));
      assert.deepEqual(unknown, [], id);
    }
  }
});
