import { SIDE, type Box } from './detector.ts';
import { canvasOf, contextOf, type Canvas } from './prepare.ts';
import type { Rectangle } from './masks.ts';

/** The detector's boxes end at eyebrows and chin; hair and ears tell people apart too. */
const MARGIN = 0.25;

/** Where faces may be, in pixels of the picture, computed on the device. Nobody may rely on it: the brush is the guarantee. */
export async function facesIn(picture: Canvas): Promise<Rectangle[]> {
  const scale = SIDE / Math.max(picture.width, picture.height);
  const square = contextOf(canvasOf(SIDE, SIDE));
  square.drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
  const boxes = await detected(square.getImageData(0, 0, SIDE, SIDE).data);
  return boxes.map((box) => roomy(box, picture, SIDE / scale));
}

function detected(pixels: Uint8ClampedArray): Promise<Box[]> {
  const worker = new Worker(new URL('./detector.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Box[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Box[]>) => resolve(data);
    worker.onerror = () => reject(new Error('the detector did not start'));
    worker.postMessage(pixels, [pixels.buffer]);
  }).finally(() => worker.terminate());
}

function roomy({ x, y, width, height }: Box, picture: Canvas, side: number): Rectangle {
  const left = Math.max(0, (x - width * MARGIN) * side);
  const top = Math.max(0, (y - height * MARGIN) * side);
  const right = Math.min(picture.width, (x + width * (1 + MARGIN)) * side);
  const bottom = Math.min(picture.height, (y + height * (1 + MARGIN)) * side);
  return { kind: 'rectangle', x: left, y: top, width: right - left, height: bottom - top };
}
