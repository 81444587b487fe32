// Stands where the gateway will: the built app, and everything else handed on to a real palier. Nothing is answered in
// palier's place.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { extname, join, normalize } from 'node:path';

const BUILD = new URL('../../build', import.meta.url).pathname;
const PALIERS = /^\/(graphql|media|tiles|export\.zip|healthz|readyz)(\/|$|\?)/;
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.pmtiles': 'application/octet-stream'
};

function file(path: string): string {
  const wanted = join(BUILD, normalize(decodeURIComponent(path)));
  const there = wanted.startsWith(BUILD) && existsSync(wanted) && statSync(wanted).isFile();
  return there ? wanted : join(BUILD, 'index.html');
}

function serve(path: string, response: ServerResponse): void {
  const found = file(path);
  const packed = existsSync(`${found}.gz`);
  response.writeHead(200, {
    'content-type': TYPES[extname(found)] ?? 'application/octet-stream',
    'cache-control': path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    ...(packed && { 'content-encoding': 'gzip' })
  });
  createReadStream(packed ? `${found}.gz` : found).pipe(response);
}

function handOn(palier: URL, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url: path } = incoming;
  const onward = request({ hostname: palier.hostname, port: palier.port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // Palier is down: what a browser sees of that is a connection that breaks.
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}

/** A front that may cut the connection after palier has done its work, as a network does. */
export class Front {
  #server: Server;
  #palier: URL;
  /** Answers to requests whose body says this are lost on the way back. */
  losing: string | undefined;
  /** How many answers were lost. */
  lost = 0;

  constructor(palier: string) {
    this.#palier = new URL(palier);
    this.#server = createServer((incoming, response) => this.#answer(incoming, response));
    this.#server.on('upgrade', (incoming, socket, head) => {
      const onward = connect(Number(this.#palier.port), this.#palier.hostname, () => {
        const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
        for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
          lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
        }
        onward.write(`${lines.join('\r\n')}\r\n\r\n`);
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  async listen(port: number): Promise<void> {
    await once(this.#server.listen(port, '127.0.0.1'), 'listening');
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    const path = incoming.url ?? '/';
    if (!PALIERS.test(path)) serve(path.split('?')[0] ?? '/', response);
    else if (this.losing && path === '/graphql') void this.#lose(incoming, response, this.losing);
    else handOn(this.#palier, incoming, response);
  }

  async #lose(incoming: IncomingMessage, response: ServerResponse, losing: string): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(incoming));
    const answer = await fetch(new URL('/graphql', this.#palier), {
      method: 'POST',
      headers: incoming.headers as Record<string, string>,
      body
    });
    if (body.includes(losing)) {
      this.lost += 1;
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
