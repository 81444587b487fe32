import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberFragment, TileNameFragment } from '../../src/lib/gql/graphql.ts';
import { nearOf } from '../../src/lib/places/near.ts';

const named = (token: string): TileNameFragment => ({ token, name: token });

function member(home: string, ...areas: string[][]): MemberFragment {
  const tiles = ['46920bcc', '46920bd3', '46920bd5'];
  return {
    pseudonym: 'Merle',
    moderator: false,
    newcomer: false,
    suspendedUntil: null,
    homeChangeableAt: null,
    homeTile: named(home),
    followedAreas: areas.map((tokens, at) => ({ number: at + 1, name: 'Canal', tiles: tokens.map(named) })),
    neighbourhood: {
      id: 'n',
      slug: 'canal',
      name: 'Canal',
      mapVersion: 2,
      tiles: tiles.map((token) => ({ ...named(token), level: 13, selectable: true, coarse: named(token) }))
    }
  };
}

test('home and the followed areas are read in the order of the map, each tile once', () => {
  assert.deepEqual(nearOf(member('46920bd5', ['46920bd3'], ['46920bcc', '46920bd3'])), ['46920bcc', '46920bd3', '46920bd5']);
});

test('what a later map divided is read as it is kept', () => {
  assert.deepEqual(nearOf(member('46920be4', ['46920bd5', '46920bf'])), ['46920bd5', '46920be4', '46920bf']);
});

test('the whole neighbourhood is no tile, and areas that nobody could tell are none', () => {
  assert.deepEqual(nearOf(member('X')), []);
  assert.deepEqual(nearOf({ ...member('46920bd3'), followedAreas: null }), ['46920bd3']);
});
