/** Builds the page with the pickers and serves it as a board would: its policy, its map archives, and a place for photos. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { harness } from './config.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'"
].join('; ');

const KINDS: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml'
};

const ARCHIVES = fileURLToPath(new URL('../../../services/palier/demo/tiles/', import.meta.url));

export interface Refusal {
  status: number;
  detail: string;
}

export interface Board {
  url: string;
  /** The folder of what was built. */
  built: string;
  /** Every photo that arrived, as it arrived. */
  photos: Buffer[];
  /** The forms they came in. A browser does not tell a test what is in them. */
  forms: Buffer[];
  /** What the next photo is answered with, instead of being taken. */
  refuseNext: (refusal: Refusal) => void;
  close: () => Promise<void>;
}

export async function serve(): Promise<Board> {
  const built = mkdtempSync(join(tmpdir(), 'palier-pickers-'));
  await build(harness(built));
  const photos: Buffer[] = [];
  const forms: Buffer[] = [];
  let refusal: Refusal | undefined;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await wholeOf(request);
    if (refusal) {
      const { status, detail } = refusal;
      refusal = undefined;
      response.writeHead(status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'Refused', status, detail }));
      return;
    }
    forms.push(body);
    photos.push(fileIn(body));
    response.writeHead(201, { 'content-type': 'application/json' });
    const [width, height, blurhash] = [300, 300, 'L6PZfSi_.AyE_3t7t7R**0o#DgR4'];
    response.end(JSON.stringify({ id: `photo-${photos.length}`, width, height, blurhash }));
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://board');
    if (request.method === 'POST' && pathname === '/media') return void take(request, response);
    const photo = /^\/media\/photo-(\d+)\//.exec(pathname);
    if (photo) return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photos[Number(photo[1]) - 1]);
    const archive = /^\/tiles\/([0-9a-f]+\.pmtiles)$/.exec(pathname);
    const path = archive?.[1] ? join(ARCHIVES, archive[1]) : join(built, pathname === '/' ? 'index.html' : pathname);
    try {
      const file = readFileSync(path);
      const kind = KINDS[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': kind, 'content-security-policy': POLICY }).end(file);
    } catch {
      response.writeHead(404).end();
    }
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    built,
    photos,
    forms,
    refuseNext: (next) => (refusal = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(built, { recursive: true });
    }
  };
}

async function wholeOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The one file of a multipart form. */
function fileIn(body: Buffer): Buffer {
  const boundary = body.subarray(0, body.indexOf('\r\n'));
  const from = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(from, body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), from));
}
