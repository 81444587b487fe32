/** The longest side that leaves the device, in pixels: more than the server keeps. */
export const LONGEST_SIDE = 2048;
const QUALITY = 0.88;

export type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** This browser cannot read the file as a picture. */
export class Unreadable extends Error {}

/**
 * The picture upright, at most {@link LONGEST_SIDE} long, as pixels and nothing else: what a camera wrote beside them stays behind in
 * the file.
 */
export async function prepare(file: Blob): Promise<Canvas> {
  const picture = await decoded(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = canvasOf(width, height);
  const context = contextOf(canvas);
  // JPEG has no see-through: without this it would turn black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  if ('close' in picture) picture.close();
  return canvas;
}

/** The pixels as a fresh JPEG. */
export async function toJpeg(canvas: Canvas): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!blob) throw new Unreadable();
  return blob;
}

export function canvasOf(width: number, height: number): Canvas {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

export function contextOf(canvas: Canvas): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context || !('drawImage' in context)) throw new Unreadable();
  return context;
}

/** Older browsers do not turn a bitmap upright, but every one turns an image. */
async function decoded(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return image(file);
  }
}

async function image(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  const picture = new Image();
  picture.src = url;
  try {
    await picture.decode();
    return picture;
  } catch {
    throw new Unreadable();
  } finally {
    URL.revokeObjectURL(url);
  }
}
