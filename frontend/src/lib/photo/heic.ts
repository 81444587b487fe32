import { Broken, Bytes } from './bytes.ts';

const LONGEST_EXIF = 64 * 1024;
const MOST_ITEMS = 1024;

interface Box {
  kind: string;
  body: Bytes;
}

/** The EXIF block of a HEIC or AVIF file: an item of its own, found through the tables in the box `meta`. */
export async function exifOfHeic(beginning: Bytes, file: Blob): Promise<Bytes | undefined> {
  const [first, ...others] = boxesIn(beginning);
  if (first?.kind !== 'ftyp') return undefined;
  const meta = others.find(({ kind }) => kind === 'meta');
  if (!meta) return undefined;
  const tables = boxesIn(meta.body.slice(4));
  const names = tables.find(({ kind }) => kind === 'iinf');
  const places = tables.find(({ kind }) => kind === 'iloc');
  const item = names && exifItem(names.body);
  const place = places && item !== undefined ? placeOf(item, places.body) : undefined;
  if (!place || place.length > LONGEST_EXIF) return undefined;
  const block = new Bytes(await file.slice(place.from, place.from + place.length).arrayBuffer());
  // It begins with how far away its TIFF header is.
  return block.slice(4 + block.u32(0));
}

/** The boxes side by side in `bytes`; one that is cut off is left out. */
function boxesIn(bytes: Bytes): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && boxes.length < MOST_ITEMS) {
    const length = bytes.u32(at);
    if (length < 8 || at + length > bytes.length) break;
    boxes.push({ kind: bytes.text(at + 4, 4), body: bytes.slice(at + 8, length - 8) });
    at += length;
  }
  return boxes;
}

/** The number of the item that is EXIF. */
function exifItem(iinf: Bytes): number | undefined {
  const isLong = iinf.u8(0) > 0;
  for (const { kind, body } of boxesIn(iinf.slice(isLong ? 8 : 6))) {
    const version = body.u8(0);
    if (kind !== 'infe' || version < 2) continue;
    const idSize = version === 2 ? 2 : 4;
    if (body.text(4 + idSize + 2, 4) === 'Exif') return idSize === 2 ? body.u16(4) : body.u32(4);
  }
  return undefined;
}

/** Where in the file an item lies, if it lies there in one piece. */
function placeOf(item: number, iloc: Bytes): { from: number; length: number } | undefined {
  const version = iloc.u8(0);
  if (version > 2) throw new Broken();
  const [offsetSize, lengthSize] = [iloc.u8(4) >> 4, iloc.u8(4) & 15];
  const [baseSize, indexSize] = [iloc.u8(5) >> 4, version === 0 ? 0 : iloc.u8(5) & 15];
  const idSize = version < 2 ? 2 : 4;
  const count = idSize === 2 ? iloc.u16(6) : iloc.u32(6);
  let at = 6 + idSize;
  for (let index = 0; index < Math.min(count, MOST_ITEMS); index += 1) {
    const id = idSize === 2 ? iloc.u16(at) : iloc.u32(at);
    at += idSize;
    const isInFile = version === 0 || (iloc.u16(at) & 15) === 0;
    at += (version === 0 ? 0 : 2) + 2;
    const base = iloc.number(at, baseSize);
    const pieces = iloc.u16(at + baseSize);
    at += baseSize + 2;
    if (id === item && isInFile && pieces === 1) {
      const from = base + iloc.number(at + indexSize, offsetSize);
      return { from, length: iloc.number(at + indexSize + offsetSize, lengthSize) };
    }
    at += pieces * (indexSize + offsetSize + lengthSize);
  }
  return undefined;
}
