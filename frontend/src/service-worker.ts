/// <reference lib="webworker" />
// Keeps the app for reading offline, and the pictures of notices that were loaded. Answers of the board are not kept here:
// pages keep notices themselves, and throw them away when they are gone.
import { self } from '$app/service-worker';
import { version } from '$app/env';
import { immutable, assets } from '$app/manifest';
import { keptMe } from '#lib/device/kept';
import { dropPictures, PICTURES } from '#lib/device/pictures';

const APP = `palier-app-${version}`;
const SHELL = '/';
const FILES = [SHELL, ...immutable, ...assets].map((file) => (typeof file === 'string' ? file : `/${file.path.replace(/^\//, '')}`));
/** Only asked for by some, and large. */
const LARGE = /maplibre|face|tiny_face|map-|screening|\.pmtiles$/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(APP).then((cache) => cache.addAll(FILES.filter((file) => !LARGE.test(file)))));
});

self.addEventListener('activate', (event) => {
  const old = (name: string): boolean => name.startsWith('palier-app-') && name !== APP;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
  );
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  // What a page asks for once and wants to be kept nowhere, as a moderator does a picture that is hidden.
  if (request.cache === 'no-store') return;
  if (url.pathname.startsWith('/media/')) event.respondWith(picture(request));
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(kept(new Request(SHELL)));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(request));
});

/** Addresses of the gateway's own that a link may lead to. */
const isPage = (path: string): boolean => !/\.(zip|ics|atom|xml|json)$|^\/(healthz|readyz|graphql)/.test(path);

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: APP })) ?? fetch(request);
}

/**
 * The server is asked each time who may see it; its answer is kept for when it cannot be asked. Not for who is signed out
 * and sees a public event: nobody would tell their device that it is gone.
 */
async function picture(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(request, answer.clone());
    else if (answer.status < 500 && (await caches.has(PICTURES))) await (await caches.open(PICTURES)).delete(request);
    return answer;
  } catch {
    return (await caches.match(request, { cacheName: PICTURES })) ?? Response.error();
  }
}

async function keep(request: Request, answer: Response): Promise<void> {
  if (!(await somebodyIsHere())) return;
  await (await caches.open(PICTURES)).put(request, answer);
  // Who signed out while it was written would leave it behind.
  if (!(await somebodyIsHere())) await dropPictures();
}

const somebodyIsHere = async (): Promise<boolean> => (await keptMe().catch(() => undefined)) !== undefined;
