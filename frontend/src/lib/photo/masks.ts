import type { Canvas } from './prepare.ts';
import { canvasOf, contextOf } from './prepare.ts';

/** One solid colour: what is blurred or shaded can be guessed again, what is filled cannot. */
export const COLOUR = '#1d2521';

export interface Place {
  x: number;
  y: number;
}

export interface Rectangle extends Place {
  kind: 'rectangle';
  width: number;
  height: number;
}

export interface Stroke {
  kind: 'stroke';
  width: number;
  places: readonly Place[];
}

/** What covers a part of a picture, in its pixels. */
export type Mask = Rectangle | Stroke;

/** A new picture with the masks in it. */
export function masked(picture: Canvas, masks: readonly Mask[]): Canvas {
  const canvas = canvasOf(picture.width, picture.height);
  const context = contextOf(canvas);
  context.drawImage(picture, 0, 0);
  context.fillStyle = COLOUR;
  context.strokeStyle = COLOUR;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const mask of masks) {
    if (mask.kind === 'rectangle') {
      context.fillRect(mask.x, mask.y, mask.width, mask.height);
    } else {
      context.lineWidth = mask.width;
      context.stroke(new Path2D(outline(mask)));
    }
  }
  return canvas;
}

/** A stroke in SVG's words; a single place is a dot. */
export function outline({ places }: Stroke): string {
  const [first, ...others] = places;
  if (!first) return '';
  const line = (others.length > 0 ? others : [first]).map(({ x, y }) => `L${x} ${y}`);
  return `M${first.x} ${first.y}${line.join('')}`;
}

/** The rectangle between two corners. */
export function between(one: Place, other: Place): Rectangle {
  return {
    kind: 'rectangle',
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y)
  };
}
