/** The map itself: the one module that brings MapLibre, loaded when somebody asks for the map. */

import type { Map as MapLibre } from 'maplibre-gl';
import libraryUrl from 'maplibre-gl/dist/maplibre-gl.mjs?url';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { Protocol } from 'pmtiles';
import { archivesOf, fetchArchive } from './archives';
import { boundsOf, hold, roomy, type Bounds } from './bounds';
import { coloursIn, onColoursChanged } from './colours';
import { tileAt, type Tile } from './levelMap';
import { cornersOf } from './s2';
import { CHOSEN, isChosen, styleOf } from './style';

/** Where a tile lies on the screen, in pixels from the corner of the map. */
export interface Shown {
  token: string;
  x: number;
  y: number;
  width: number;
}

interface Given {
  tiles: readonly Tile[];
  chosen: readonly string[];
  /** What the picture is called. */
  title: string;
  onpick: (token: string) => void;
  onmove: (shown: Shown[]) => void;
}

export interface TileMap {
  /** Whether some of the tiles lie beyond the streets that the board has. */
  isPartial: boolean;
  choose: (tokens: readonly string[]) => void;
  zoom: (by: 1 | -1) => void;
  remove: () => void;
}

const ROOM_PX = 20;
const FARTHEST = 10;
const NEAREST = 17;

type Library = typeof import('maplibre-gl');
/** An archive that the board has, by its token, and how far it reaches. */
interface Streets {
  token: string;
  reach: Bounds;
}

const protocol = new Protocol();

/** As a file of its own, under its own name: what keeps the app for reading offline knows it by that, and leaves it out. */
async function library(): Promise<Library> {
  const loaded = (await import(/* @vite-ignore */ libraryUrl)) as Library;
  loaded.addProtocol('pmtiles', protocol.tile);
  loaded.setWorkerUrl(workerUrl);
  return loaded;
}

/** Draws the tiles of a neighbourhood on its streets. Throws where the device cannot draw. */
export async function openMap(container: HTMLElement, given: Given): Promise<TileMap> {
  const { tiles, onpick, onmove } = given;
  let { chosen } = given;
  const [{ Map }, streets] = await Promise.all([library(), streetsOf(tiles)]);
  const bounds = boundsOf(tiles);
  const archives = streets.map(({ token }) => token);
  const reach = streets.map((part) => part.reach);
  const style = () => styleOf(coloursIn(container), archives, reach, tiles, chosen);
  const map = new Map({
    container,
    style: style(),
    bounds,
    fitBoundsOptions: { padding: ROOM_PX },
    maxBounds: roomy(bounds),
    minZoom: FARTHEST,
    maxZoom: NEAREST,
    attributionControl: false,
    // The buttons beside it zoom, and the tiles are buttons: neither the wheel nor the arrow keys are taken away from the page.
    scrollZoom: false,
    keyboard: false,
    boxZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { 'Map.Title': given.title }
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().tabIndex = -1;

  /** Whether somebody went to another part of it. */
  let isElsewhere = false;
  const show = () => onmove(tiles.map(({ token }) => shownOn(map, token)));
  map.on('move', show);
  map.on('movestart', ({ originalEvent }) => (isElsewhere ||= originalEvent !== undefined));
  // A phone that is turned shows all of the tiles again.
  map.on('resize', () => {
    if (!isElsewhere) map.fitBounds(bounds, { padding: ROOM_PX, duration: 0 });
    show();
  });
  map.on('click', ({ lngLat }) => {
    const tile = tileAt({ latitude: lngLat.lat, longitude: lngLat.lng }, tiles);
    if (tile) onpick(tile);
  });
  const stop = onColoursChanged(() => map.setStyle(style()));
  await map.once('load');
  show();

  return {
    isPartial: !hold(reach, tiles),
    choose(tokens) {
      chosen = tokens;
      for (const layer of CHOSEN) map.setFilter(layer, isChosen(tokens));
    },
    zoom(by) {
      isElsewhere = true;
      map.zoomTo(map.getZoom() + by);
    },
    remove() {
      stop();
      map.remove();
    }
  };
}

/** The archives that the board has; a map without streets still shows its tiles. */
async function streetsOf(tiles: readonly Tile[]): Promise<Streets[]> {
  const found = archivesOf(tiles).map(async (token): Promise<Streets[]> => {
    const archive = await fetchArchive(token);
    if (!archive) return [];
    protocol.add(archive);
    const { minLon, minLat, maxLon, maxLat } = await archive.getHeader();
    return [{ token, reach: [minLon, minLat, maxLon, maxLat] }];
  });
  return (await Promise.all(found)).flat();
}

function shownOn(map: MapLibre, token: string): Shown {
  const corners = cornersOf(token).map(({ latitude, longitude }) => map.project([longitude, latitude]));
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))];
  const mean = (of: (corner: { x: number; y: number }) => number) =>
    corners.reduce((sum, corner) => sum + of(corner) / corners.length, 0);
  return { token, x: mean(({ x }) => x), y: mean(({ y }) => y), width: right - left };
}
