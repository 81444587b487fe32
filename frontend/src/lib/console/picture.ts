import { Fault } from '#lib/api/fault';

/** A picture as an address of this page alone; undefined when it is gone. The browser keeps no copy, nor does the app. */
export async function fetched(path: string): Promise<string | undefined> {
  const answer = await fetch(path, { cache: 'no-store' }).catch(() => {
    throw new Fault('offline');
  });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (!answer.ok) throw new Fault('unavailable');
  return URL.createObjectURL(await answer.blob());
}
