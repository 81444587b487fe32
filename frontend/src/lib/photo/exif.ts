import type { Point } from '../places/s2.ts';
import { Broken, type Bytes } from './bytes.ts';

/** More fields than any camera writes. */
const MOST_FIELDS = 512;
const BYTE_ORDERS: Record<string, 'low' | 'high'> = { II: 'low', MM: 'high' };
const GPS = 0x8825;
const LATITUDE_REF = 1;
const LATITUDE = 2;
const LONGITUDE_REF = 3;
const LONGITUDE = 4;
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;

interface Field {
  type: number;
  count: number;
  /** Where its value, or the place of its value, stands. */
  at: number;
}

/** The position in a block of EXIF, if it has one. */
export function positionIn(block: Bytes): Point | undefined {
  const order = BYTE_ORDERS[block.text(0, 2)];
  if (!order) throw new Broken();
  const tiff = order === 'low' ? block.lowEndFirst() : block;
  if (tiff.u16(2) !== 42) throw new Broken();
  const pointer = fieldsAt(tiff, tiff.u32(4)).get(GPS);
  if (pointer?.type !== LONG) return undefined;
  const fields = fieldsAt(tiff, tiff.u32(pointer.at));
  const latitude = angle(tiff, fields.get(LATITUDE), letter(tiff, fields.get(LATITUDE_REF)), { N: 1, S: -1 });
  const longitude = angle(tiff, fields.get(LONGITUDE), letter(tiff, fields.get(LONGITUDE_REF)), { E: 1, W: -1 });
  if (latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  // A camera that did not know wrote zeros.
  if (latitude === 0 && longitude === 0) return undefined;
  return { latitude, longitude };
}

function fieldsAt(tiff: Bytes, at: number): Map<number, Field> {
  const count = tiff.u16(at);
  if (count > MOST_FIELDS) throw new Broken();
  const fields = new Map<number, Field>();
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12;
    fields.set(tiff.u16(entry), { type: tiff.u16(entry + 2), count: tiff.u32(entry + 4), at: entry + 8 });
  }
  return fields;
}

function letter(tiff: Bytes, field: Field | undefined): string | undefined {
  return field?.type === ASCII && field.count <= 4 ? tiff.text(field.at, 1) : undefined;
}

/** Degrees, minutes and seconds, each a fraction. */
function angle(
  tiff: Bytes,
  field: Field | undefined,
  side: string | undefined,
  signs: Record<string, number>
): number | undefined {
  const sign = signs[side ?? ''];
  if (sign === undefined || field?.type !== RATIONAL || field.count !== 3) return undefined;
  const at = tiff.u32(field.at);
  const [degrees, minutes, seconds] = [0, 8, 16].map((step) => tiff.u32(at + step) / tiff.u32(at + step + 4));
  const sum = sign * ((degrees ?? NaN) + (minutes ?? NaN) / 60 + (seconds ?? NaN) / 3600);
  return Number.isFinite(sum) ? sum : undefined;
}
