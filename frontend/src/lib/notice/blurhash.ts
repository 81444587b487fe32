// Decodes a blur-hash (blurha.sh): a few cosines that say what a picture looks like before it is there.
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

type Colour = [number, number, number];

function value(text: string): number {
  let sum = 0;
  for (const digit of text) sum = sum * 83 + DIGITS.indexOf(digit);
  return sum;
}

function linear(byte: number): number {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function gamma(light: number): number {
  const v = Math.min(1, Math.max(0, light));
  return Math.round((v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255);
}

const signedSquare = (v: number): number => Math.sign(v) * v * v;

function components(hash: string, count: number): Colour[] {
  const most = (value(hash[1] ?? '0') + 1) / 166;
  const average = value(hash.slice(2, 6));
  const colours: Colour[] = [[linear(average >> 16), linear((average >> 8) & 255), linear(average & 255)]];
  for (let at = 1; at < count; at++) {
    const v = value(hash.slice(4 + at * 2, 6 + at * 2));
    const part = (p: number): number => signedSquare((p - 9) / 9) * most;
    colours.push([part(Math.floor(v / 361)), part(Math.floor(v / 19) % 19), part(v % 19)]);
  }
  return colours;
}

/** The waves of one direction, as many as there are, at each of the places. */
const waves = (count: number, places: number): Float64Array[] =>
  Array.from({ length: count }, (_, wave) => Float64Array.from({ length: places }, (_, at) => Math.cos((Math.PI * at * wave) / places)));

/** The pixels of a blur-hash, RGBA; undefined when it is none. */
export function decode(hash: string, width: number, height: number): Uint8ClampedArray<ArrayBuffer> | undefined {
  const size = value(hash[0] ?? '');
  const [across, down] = [(size % 9) + 1, Math.floor(size / 9) + 1];
  if (size < 0 || hash.length !== 4 + 2 * across * down) return undefined;
  const colours = components(hash, across * down);
  const [rows, columns] = [waves(down, height), waves(across, width)];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = [0, 0, 0];
      for (const [at, colour] of colours.entries()) {
        const wave = (columns[at % across]?.[x] ?? 0) * (rows[Math.floor(at / across)]?.[y] ?? 0);
        red += colour[0] * wave;
        green += colour[1] * wave;
        blue += colour[2] * wave;
      }
      pixels.set([gamma(red), gamma(green), gamma(blue), 255], 4 * (y * width + x));
    }
  }
  return pixels;
}
