import type { Tile } from '#lib/places/levelMap';

/** The demo's, one of them too small to be named. */
export const TILES: Tile[] = [
  { token: '46920a2d', name: 'Töölönlahti', selectable: true },
  { token: '46920bc9', name: 'Kolmikulma', selectable: true },
  { token: '46920bcb', name: 'Vanha kirkkopuisto', selectable: true },
  { token: '46920bcd', name: 'Rautatientori', selectable: true },
  { token: '46920bcf', name: 'Senaatintori', selectable: true },
  { token: '46920bd1', name: 'Siltavuori', selectable: true },
  { token: '46920bd3', name: 'Pitkäsilta', selectable: true },
  { token: '46920bd5', name: 'Hakaniemi', selectable: false }
];
