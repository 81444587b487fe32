import { detect, readWeights, type Manifest } from './detector.ts';

const MODEL = '/detector/tiny_face_detector_model';

async function fetched(path: string): Promise<Response> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

addEventListener('message', async ({ data }: MessageEvent<Uint8ClampedArray>) => {
  const [manifest, bytes] = await Promise.all([
    fetched(`${MODEL}-weights_manifest.json`).then((answer) => answer.json() as Promise<Manifest>),
    fetched(`${MODEL}.bin`).then((answer) => answer.arrayBuffer())
  ]);
  postMessage(detect(data, readWeights(manifest, new Uint8Array(bytes))));
});

// A failure in a promise is not an error of the worker unless it is made one.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
