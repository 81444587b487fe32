import { getLocale } from '#lib/paraglide/runtime';
import { Fault, type Trouble } from './fault';

/** A picture that the server took and nobody but its owner sees yet. */
export interface Uploaded {
  id: string;
  width: number;
  height: number;
  blurhash: string;
}

/** Sends one picture, telling the part that has left, 0 to 1; throws a {@link Fault} whose sentence says what is wrong with it. */
export async function upload(
  picture: Blob,
  onprogress: (part: number) => void,
  signal: AbortSignal
): Promise<Uploaded> {
  const request = await answered(picture, onprogress, signal);
  if (request.status === 201) return request.response as Uploaded;
  const problem = request.response as { detail?: string } | null;
  throw new Fault(troubleOf(request.status), problem?.detail, retryOf(request));
}

/** `fetch` does not tell how much has left. */
function answered(
  picture: Blob,
  onprogress: (part: number) => void,
  signal: AbortSignal
): Promise<XMLHttpRequest> {
  const form = new FormData();
  form.append('file', picture, 'photo');
  const request = new XMLHttpRequest();
  request.open('POST', '/media');
  request.setRequestHeader('accept-language', getLocale());
  request.responseType = 'json';
  signal.addEventListener('abort', () => request.abort());
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onprogress(loaded / total);
    request.onload = () => resolve(request);
    request.onerror = () => reject(new Fault('offline'));
    request.onabort = () => reject(signal.reason);
    request.send(form);
  });
}

function troubleOf(status: number): Trouble {
  if (status === 401) return 'signed-out';
  if (status === 429) return 'limited';
  return status < 500 ? 'invalid' : 'unavailable';
}

function retryOf(request: XMLHttpRequest): string | undefined {
  const seconds = Number(request.getResponseHeader('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000).toISOString() : undefined;
}
