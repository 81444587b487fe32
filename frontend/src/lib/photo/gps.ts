import type { Point } from '../places/s2.ts';
import { Broken, Bytes } from './bytes.ts';
import { exifOfHeic } from './heic.ts';
import { positionIn } from './exif.ts';

/** How much of a file is read at its beginning: EXIF stands there, in at most 64 KiB. */
const BEGINNING = 256 * 1024;
const EXIF_HEADER = 'Exif\0\0';
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/**
 * Where a photo says it was taken: read on the device, to suggest a tile and for nothing else. Undefined where it does not say, or not
 * in a way that can be believed.
 */
export async function positionOf(photo: Blob): Promise<Point | undefined> {
  const beginning = new Bytes(await photo.slice(0, BEGINNING).arrayBuffer());
  try {
    const exif = isJpeg(beginning) ? exifOfJpeg(beginning) : await exifOfHeic(beginning, photo);
    return exif && positionIn(exif);
  } catch (error) {
    if (error instanceof Broken) return undefined;
    throw error;
  }
}

function isJpeg(bytes: Bytes): boolean {
  return bytes.length > 4 && bytes.u16(0) === 0xffd8;
}

/** The EXIF block among the segments before the picture. */
function exifOfJpeg(bytes: Bytes): Bytes | undefined {
  let at = 2;
  while (bytes.u8(at) === 0xff) {
    const kind = bytes.u8(at + 1);
    if (kind === START_OF_SCAN) return undefined;
    const length = bytes.u16(at + 2);
    if (length < 2) return undefined;
    if (kind === APP1 && length > 8 && bytes.text(at + 4, 6) === EXIF_HEADER) return bytes.slice(at + 10, length - 8);
    at += 2 + length;
  }
  return undefined;
}
