/** The service worker keeps pictures here for reading offline; pages say which may stay. */
export const PICTURES = 'palier-pictures';

const idIn = (url: string): string | undefined => /\/media\/([^/]+)\//.exec(url)?.[1];

/** Throws every kept picture away that is not one of these. */
export async function keepPictures(ids: ReadonlySet<string>): Promise<void> {
  if (!('caches' in globalThis) || !(await caches.has(PICTURES))) return;
  const cache = await caches.open(PICTURES);
  const requests = await cache.keys();
  await Promise.all(requests.filter(({ url }) => !ids.has(idIn(url) ?? '')).map((request) => cache.delete(request)));
}

export async function dropPictures(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(PICTURES);
}
