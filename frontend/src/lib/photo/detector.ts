/**
 * The Tiny Face Detector of face-api, and nothing else of it: where a face may be, never whose. Pure arithmetic on a square picture.
 */

/** The side of the square that is looked at, in pixels. */
export const SIDE = 416;

/** A rectangle in parts of the square, 0 to 1. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The weights by name, as the manifest lists them. */
export type Weights = ReadonlyMap<string, Float32Array>;

export type Manifest = readonly {
  weights: readonly {
    name: string;
    shape: readonly number[];
    quantization: { scale: number; min: number };
  }[];
}[];

/** What a layer hands on: a square of columns of numbers. */
interface Plane {
  side: number;
  depth: number;
  data: Float32Array;
}

interface Found extends Box {
  score: number;
}

/** Sizes of faces that the detector was trained on, in cells. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308]
] as const;
const FIELDS = 5;
const MEAN_RGB = [117.001, 114.697, 97.404] as const;
const LEAK = 0.1;
/** Two boxes that share more than this are one face. */
const SAME_FACE = 0.4;

/** A byte stands for each number of the file; the manifest says how to read it. */
export function readWeights(manifest: Manifest, bytes: Uint8Array): Weights {
  const weights = new Map<string, Float32Array>();
  let from = 0;
  for (const { name, shape, quantization } of manifest.flatMap((group) => group.weights)) {
    const count = shape.reduce((product, size) => product * size, 1);
    const { scale, min } = quantization;
    weights.set(name, Float32Array.from(bytes.subarray(from, from + count), (byte) => byte * scale + min));
    from += count;
  }
  return weights;
}

/** Faces in a square of RGBA pixels, the surest first. A low `threshold` finds more: a box that is not wanted costs nothing. */
export function detect(pixels: Uint8ClampedArray, weights: Weights, threshold = 0.3): Box[] {
  let plane = halved(leaky(firstLayer(pixels, weights)));
  for (const layer of ['conv1', 'conv2', 'conv3', 'conv4']) plane = halved(separable(plane, layer, weights));
  const last = pooled(separable(plane, 'conv5', weights), 1);
  return withoutDoubles(found(pointwise(last, named(weights, 'conv8/filters'), named(weights, 'conv8/bias')), threshold));
}

function named(weights: Weights, name: string): Float32Array {
  const found = weights.get(name);
  if (!found) throw new Error(`the detector's weights lack ${name}`);
  return found;
}

/** Three by three over the colours, without an edge. */
function firstLayer(pixels: Uint8ClampedArray, weights: Weights): Plane {
  const filters = named(weights, 'conv0/filters');
  const bias = named(weights, 'conv0/bias');
  const depth = bias.length;
  const side = SIDE - 2;
  const data = new Float32Array(side * side * depth);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const out = (y * side + x) * depth;
      data.set(bias, out);
      for (let tap = 0; tap < 9; tap += 1) {
        const pixel = ((y + Math.trunc(tap / 3)) * SIDE + x + (tap % 3)) * 4;
        for (let colour = 0; colour < 3; colour += 1) {
          const value = ((pixels[pixel + colour] ?? 0) - (MEAN_RGB[colour] ?? 0)) / 255;
          add(data, out, filters, (tap * 3 + colour) * depth, depth, value);
        }
      }
    }
  }
  return { side, depth, data };
}

function separable(plane: Plane, layer: string, weights: Weights): Plane {
  const spread = depthwise(plane, named(weights, `${layer}/depthwise_filter`));
  return leaky(pointwise(spread, named(weights, `${layer}/pointwise_filter`), named(weights, `${layer}/bias`)));
}

/** Three by three in each depth on its own, with an edge of nothing. */
function depthwise({ side, depth, data }: Plane, filter: Float32Array): Plane {
  const out = new Float32Array(data.length);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const to = (y * side + x) * depth;
      for (let tap = 0; tap < 9; tap += 1) {
        const row = y + Math.trunc(tap / 3) - 1;
        const column = x + (tap % 3) - 1;
        if (row < 0 || column < 0 || row >= side || column >= side) continue;
        const from = (row * side + column) * depth;
        for (let d = 0; d < depth; d += 1) {
          out[to + d] = (out[to + d] ?? 0) + (data[from + d] ?? 0) * (filter[tap * depth + d] ?? 0);
        }
      }
    }
  }
  return { side, depth, data: out };
}

/** Each column on its own, from one depth to another. */
function pointwise({ side, depth, data }: Plane, filter: Float32Array, bias: Float32Array): Plane {
  const deep = bias.length;
  const out = new Float32Array(side * side * deep);
  for (let place = 0; place < side * side; place += 1) {
    out.set(bias, place * deep);
    for (let d = 0; d < depth; d += 1) {
      add(out, place * deep, filter, d * deep, deep, data[place * depth + d] ?? 0);
    }
  }
  return { side, depth: deep, data: out };
}

/** Adds `count` weights, times a value, to the sums. Nearly all of the time is spent here. */
function add(sums: Float32Array, to: number, weights: Float32Array, from: number, count: number, times: number): void {
  for (let index = 0; index < count; index += 1) {
    sums[to + index] = (sums[to + index] ?? 0) + (weights[from + index] ?? 0) * times;
  }
}

function leaky(plane: Plane): Plane {
  plane.data.forEach((value, index) => {
    if (value < 0) plane.data[index] = value * LEAK;
  });
  return plane;
}

const halved = (plane: Plane): Plane => pooled(plane, 2);

/** The largest of each two by two. */
function pooled({ side, depth, data }: Plane, step: 1 | 2): Plane {
  const half = Math.ceil(side / step);
  const out = new Float32Array(half * half * depth).fill(-Infinity);
  for (let y = 0; y < half; y += 1) {
    for (let x = 0; x < half; x += 1) {
      const to = (y * half + x) * depth;
      for (let tap = 0; tap < 4; tap += 1) {
        const row = y * step + (tap >> 1);
        const column = x * step + (tap & 1);
        if (row >= side || column >= side) continue;
        const from = (row * side + column) * depth;
        for (let d = 0; d < depth; d += 1) {
          out[to + d] = Math.max(out[to + d] ?? 0, data[from + d] ?? 0);
        }
      }
    }
  }
  return { side: half, depth, data: out };
}

function found({ side, depth, data }: Plane, threshold: number): Found[] {
  const boxes: Found[] = [];
  for (let place = 0; place < side * side; place += 1) {
    ANCHORS.forEach(([wide, high], anchor) => {
      const [x = 0, y = 0, w = 0, h = 0, sure = 0] = data.subarray(place * depth + anchor * FIELDS);
      const score = sigmoid(sure);
      if (score <= threshold) return;
      const width = (Math.exp(w) * wide) / side;
      const height = (Math.exp(h) * high) / side;
      const middleX = ((place % side) + sigmoid(x)) / side;
      const middleY = (Math.trunc(place / side) + sigmoid(y)) / side;
      boxes.push({ x: middleX - width / 2, y: middleY - height / 2, width, height, score });
    });
  }
  return boxes.sort((one, other) => other.score - one.score);
}

function withoutDoubles(boxes: readonly Found[]): Box[] {
  const kept: Found[] = [];
  for (const box of boxes) {
    if (kept.every((other) => shared(box, other) <= SAME_FACE)) kept.push(box);
  }
  return kept.map(({ x, y, width, height }) => ({ x, y, width, height }));
}

/** How much of two boxes is common to both. */
function shared(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (one.width * one.height + other.width * other.height - common);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
