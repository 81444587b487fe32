import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification
} from 'maplibre-gl';
import type { Bounds } from './bounds.ts';
import type { Colours } from './colours.ts';
import { WHOLE, type Tile } from './levelMap.ts';
import { cornersOf } from './s2.ts';

const CELLS = 'cells';
const EDGES = 'edges';
const REACH = 'reach';
/** The layers that show what is chosen. */
export const CHOSEN = ['cell-chosen', 'cell-chosen-edge'] as const;

const NOT_GREEN = ['pedestrian', 'beach'];
const LOCAL_FONT = ['sans-serif'];

type Drawn = (source: string) => Extract<LayerSpecification, { source: string }>;

/** The whole style, made here: no sprite, no glyphs and no address of anybody else. */
export function styleOf(
  colours: Colours,
  archives: readonly string[],
  reach: readonly Bounds[],
  tiles: readonly Tile[],
  chosen: readonly string[]
): StyleSpecification {
  // Layer by layer, and within a layer archive by archive: else one archive's fields would cover another's streets.
  const drawn = ground(colours).flatMap((layer) => archives.map((archive) => layer(archive)));
  const named = names(colours).flatMap((layer) => archives.map((archive) => layer(archive)));
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(archives.map((token) => [token, { type: 'vector', url: `pmtiles://${token}` }])),
      [REACH]: { type: 'geojson', data: rectangles(reach) },
      [CELLS]: { type: 'geojson', data: outlines(tiles) },
      [EDGES]: { type: 'geojson', data: edges(tiles) }
    },
    layers: [
      // Where the streets of the board end, the ground does too: what lies beyond is not empty, it is not drawn.
      { id: 'beyond', type: 'background', paint: { 'background-color': colours.beyond } },
      { id: 'land', type: 'fill', source: REACH, paint: { 'fill-color': colours.land } },
      ...drawn,
      ...cells(colours, chosen),
      ...named
    ]
  };
}

/** Which tiles are shown as chosen: all of them for the whole neighbourhood. */
export function isChosen(chosen: readonly string[]): FilterSpecification {
  return chosen.includes(WHOLE) ? true : ['in', ['get', 'token'], ['literal', [...chosen]]];
}

function ground(colours: Colours): Drawn[] {
  const layer = (source: string, name: string, of: string) => ({ id: `${name}-${source}`, source, 'source-layer': of });
  const is = (...kinds: string[]): FilterSpecification => ['in', ['get', 'kind'], ['literal', kinds]];
  const line = (name: string, kind: string, color: string, width: ExpressionSpecification): Drawn => {
    return (source) => ({
      ...layer(source, name, 'roads'),
      type: 'line',
      filter: is(kind),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': color, 'line-width': width }
    });
  };
  return [
    (source) => ({
      ...layer(source, 'green', 'landuse'),
      type: 'fill',
      filter: ['!', is(...NOT_GREEN)] as FilterSpecification,
      paint: { 'fill-color': colours.green }
    }),
    (source) => ({
      ...layer(source, 'square', 'landuse'),
      type: 'fill',
      filter: is('pedestrian'),
      paint: { 'fill-color': colours.street, 'fill-opacity': 0.6 }
    }),
    (source) => ({
      ...layer(source, 'water', 'water'),
      type: 'fill',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colours.water }
    }),
    (source) => ({
      ...layer(source, 'stream', 'water'),
      type: 'line',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': colours.water, 'line-width': growing(1, 6) }
    }),
    (source) => ({
      ...layer(source, 'building', 'buildings'),
      type: 'fill',
      minzoom: 12.5,
      paint: { 'fill-color': colours.block }
    }),
    line('rail', 'rail', colours.rail, growing(0.5, 2)),
    line('path', 'path', colours.path, growing(0.6, 4)),
    line('minor', 'minor_road', colours.street, growing(1.6, 12)),
    line('major', 'major_road', colours.street, growing(2.6, 18)),
    line('highway', 'highway', colours.street, growing(3.5, 22))
  ];
}

function cells(colours: Colours, chosen: readonly string[]): LayerSpecification[] {
  const filter = isChosen(chosen);
  return [
    { id: 'cell-chosen', type: 'fill', source: CELLS, filter, paint: { 'fill-color': colours.fill } },
    {
      id: 'cell-edge',
      type: 'line',
      source: EDGES,
      paint: { 'line-color': colours.cell, 'line-width': 1.25, 'line-dasharray': [4, 4] }
    },
    {
      id: 'cell-chosen-edge',
      type: 'line',
      source: CELLS,
      filter,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.on, 'line-width': 4 }
    }
  ];
}

function names(colours: Colours): Drawn[] {
  const paint = { 'text-color': colours.ink, 'text-halo-color': colours.halo, 'text-halo-width': 1.5 };
  const layout = { 'text-field': ['get', 'name'] as ExpressionSpecification, 'text-font': LOCAL_FONT, 'text-size': 12 };
  return [
    (source) => ({
      id: `street-name-${source}`,
      type: 'symbol',
      source,
      'source-layer': 'roads',
      minzoom: 14.5,
      layout: { ...layout, 'symbol-placement': 'line', 'symbol-spacing': 300 },
      paint
    }),
    (source) => ({
      id: `field-name-${source}`,
      type: 'symbol',
      source,
      'source-layer': 'landuse',
      minzoom: 14,
      layout,
      paint
    })
  ];
}

/** A width that grows with the zoom, from 12 to 17. */
function growing(from: number, to: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], 12, from, 17, to];
}

function ringOf({ token }: Tile): GeoJSON.Position[] {
  const corners = cornersOf(token).map(({ latitude, longitude }) => [longitude, latitude]);
  return [...corners, ...corners.slice(0, 1)];
}

function outlines(tiles: readonly Tile[]): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: tiles.map((tile) => ({
      type: 'Feature',
      properties: { token: tile.token },
      geometry: { type: 'Polygon', coordinates: [ringOf(tile)] }
    }))
  };
}

function rectangles(reach: readonly Bounds[]): GeoJSON.MultiPolygon {
  const ring = ([west, south, east, north]: Bounds): GeoJSON.Position[] => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south]
  ];
  return { type: 'MultiPolygon', coordinates: reach.map((part) => [ring(part)]) };
}

/** Every edge once: the dashes of two neighbours would fill each other's gaps. */
function edges(tiles: readonly Tile[]): GeoJSON.MultiLineString {
  const once = new Map<string, GeoJSON.Position[]>();
  for (const ring of tiles.map(ringOf)) {
    for (const [index, from] of ring.slice(0, -1).entries()) {
      const edge = [from, ...ring.slice(index + 1, index + 2)];
      const key = edge.map((corner) => corner.map((angle) => angle.toFixed(7)).join(' '));
      once.set(key.toSorted().join(), edge);
    }
  }
  return { type: 'MultiLineString', coordinates: [...once.values()] };
}
