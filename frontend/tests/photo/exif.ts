/** Files with EXIF, made here: a position, an orientation and a secret, in either byte order. */

import type { Point } from '../../src/lib/places/s2.ts';

export interface Said {
  position?: Point;
  orientation?: number;
  /** A text as cameras leave it: their name and number. */
  model?: string;
}

interface Field {
  tag: number;
  type: 2 | 3 | 4 | 5;
  values: readonly number[] | string;
}

/** A TIFF block with the fields of IFD0 and of the GPS IFD. */
export function exif({ position, orientation, model }: Said, littleEndian = true): Uint8Array<ArrayBuffer> {
  const main: Field[] = [];
  if (model) main.push({ tag: 0x0110, type: 2, values: `${model}\0` });
  if (orientation) main.push({ tag: 0x0112, type: 3, values: [orientation] });
  const gps: Field[] = position
    ? [
        { tag: 1, type: 2, values: position.latitude < 0 ? 'S\0' : 'N\0' },
        { tag: 2, type: 5, values: sexagesimal(position.latitude) },
        { tag: 3, type: 2, values: position.longitude < 0 ? 'W\0' : 'E\0' },
        { tag: 4, type: 5, values: sexagesimal(position.longitude) }
      ]
    : [];
  const out = new DataView(new ArrayBuffer(4096));
  const bytes = new Uint8Array(out.buffer);
  bytes.set(new TextEncoder().encode(littleEndian ? 'II' : 'MM'));
  out.setUint16(2, 42, littleEndian);
  out.setUint32(4, 8, littleEndian);
  let free = 1024;

  function directory(at: number, fields: readonly Field[]): void {
    out.setUint16(at, fields.length, littleEndian);
    fields.forEach(({ tag, type, values }, index) => {
      const entry = at + 2 + index * 12;
      out.setUint16(entry, tag, littleEndian);
      out.setUint16(entry + 2, type, littleEndian);
      out.setUint32(entry + 4, type === 5 ? values.length / 2 : values.length, littleEndian);
      const size = values.length * { 2: 1, 3: 2, 4: 4, 5: 4 }[type];
      const to = size > 4 ? free : entry + 8;
      if (size > 4) {
        out.setUint32(entry + 8, free, littleEndian);
        free += size;
      }
      if (typeof values === 'string') bytes.set(new TextEncoder().encode(values), to);
      else if (type === 3) values.forEach((value, place) => out.setUint16(to + 2 * place, value, littleEndian));
      else values.forEach((value, place) => out.setUint32(to + 4 * place, value, littleEndian));
    });
  }

  const gpsAt = 512;
  directory(8, gps.length > 0 ? [...main, { tag: 0x8825, type: 4, values: [gpsAt] }] : main);
  if (gps.length > 0) directory(gpsAt, gps);
  return bytes.slice(0, free);
}

/** Puts a block of EXIF into a JPEG, where cameras put it. */
export function withExif(jpeg: Uint8Array, block: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode('Exif\0\0');
  const length = 2 + header.length + block.length;
  return joined(jpeg.slice(0, 2), [0xff, 0xe1, length >> 8, length & 255], header, block, jpeg.slice(2));
}

/** The boxes of a HEIC file around a block of EXIF; there is no picture in it. */
export function heicWith(block: Uint8Array): Uint8Array<ArrayBuffer> {
  const ftyp = box('ftyp', text('heic'), u32(0), text('mif1'));
  const infe = box('infe', [2, 0, 0, 0], u16(1), u16(0), text('Exif'), [0]);
  const iinf = box('iinf', [0, 0, 0, 0], u16(1), infe);
  const payload = joined(u32(0), block);
  const iloc = (from: number) =>
    box('iloc', [0, 0, 0, 0], [0x44, 0x00], u16(1), u16(1), u16(0), u16(1), u32(from), u32(payload.length));
  const meta = (from: number) => box('meta', [0, 0, 0, 0], iinf, iloc(from));
  return joined(ftyp, meta(ftyp.length + meta(0).length + 8), box('mdat', payload));
}

function sexagesimal(angle: number): number[] {
  const degrees = Math.trunc(Math.abs(angle));
  const minutes = Math.trunc((Math.abs(angle) - degrees) * 60);
  const seconds = ((Math.abs(angle) - degrees) * 60 - minutes) * 60;
  return [degrees, 1, minutes, 1, Math.round(seconds * 10_000), 10_000];
}

function box(kind: string, ...parts: ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const body = joined(...parts);
  return joined(u32(body.length + 8), text(kind), body);
}

function joined(...parts: ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);
const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
