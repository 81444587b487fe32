import { getLocale } from '#lib/paraglide/runtime';
import { Fault } from './fault';

/** A picture that the server took and nobody but its owner sees yet. */
export interface Uploaded {
  id: string;
  width: number;
  height: number;
  blurhash: string;
}

/** Sends one picture; throws a {@link Fault} whose sentence says what is wrong with it. */
export async function upload(picture: Blob): Promise<Uploaded> {
  const form = new FormData();
  form.append('file', picture, 'photo');
  const answer = await fetch('/media', {
    method: 'POST',
    body: form,
    headers: { 'accept-language': getLocale() }
  }).catch(() => {
    throw new Fault('offline');
  });
  if (answer.ok) return (await answer.json()) as Uploaded;
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
  throw new Fault(answer.status === 401 ? 'signed-out' : answer.status < 500 ? 'invalid' : 'unavailable', problem.detail);
}
