// Stands between a browser and a real palier as a network does, or a proxy with TLS. Nothing is answered in palier's place.
import { createServer, request, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** Plain, or with the certificate of the edge that stands in a folder. */
function serverOf(certificates: string | undefined, answer: RequestListener): Server {
  if (certificates === undefined) return createServer(answer);
  const [cert, key] = ['pem', 'key'].map((kind) => readFileSync(join(certificates, `gateway.${kind}`)));
  return createSecureServer({ cert, key }, answer);
}

async function connected(edge: string): Promise<Socket> {
  const { hostname, port } = new URL(`http://${edge}`);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** A front that may cut the connection after palier has done its work, as a network does. */
export class Front {
  readonly #server: Server;
  readonly #edges: readonly string[];
  #turn = 0;
  /** Answers to requests whose body says this are lost on the way back. */
  losing: string | undefined;
  /** How many answers were lost. */
  lost = 0;
  /** What stands at the end of a file of palier's besides, as in its next version. */
  added: { path: string; text: string } | undefined;

  /** Before edges that do the same; with TLS where there are certificates. */
  constructor(edges: readonly string[], certificates: string | undefined) {
    this.#edges = edges;
    this.#server = serverOf(certificates, (incoming, response) => this.#answer(incoming, response));
    this.#server.on('upgrade', (incoming, socket, head) => void this.#follow(incoming, socket as Socket, head));
  }

  async listen(port: number): Promise<void> {
    await once(this.#server.listen(port, '127.0.0.1'), 'listening');
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A connection to the edge whose turn it is, or to another where that one is down. */
  async #reach(): Promise<Socket> {
    this.#turn += 1;
    const order = this.#edges.map((_, at) => this.#edges[(this.#turn + at) % this.#edges.length] ?? '');
    for (const edge of order) {
      const socket = await connected(edge).catch(() => undefined);
      if (socket) return socket;
    }
    throw new Error('no edge is up');
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    if (this.losing && incoming.url === '/graphql') void this.#lose(incoming, response, this.losing);
    else if (this.added && this.added.path === incoming.url) void this.#add(response, this.added);
    else void this.#handOn(incoming, response);
  }

  async #handOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url: path } = incoming;
    const socket = await this.#reach().catch(() => undefined);
    // Palier is down: what a browser sees of that is a connection that breaks.
    if (!socket) return void response.destroy();
    const onward = request({ createConnection: () => socket, method, headers: { ...headers, connection: 'close' }, path }, (answer) => {
      const { connection: _one, ...said } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, said);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  }

  async #follow(incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const onward = await this.#reach().catch(() => undefined);
    if (!onward) return void socket.destroy();
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    }
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  }

  #of(path: string | undefined): URL {
    return new URL(path ?? '/', `http://${this.#edges[0]}`);
  }

  async #add(response: ServerResponse, { path, text }: { path: string; text: string }): Promise<void> {
    const answer = await fetch(this.#of(path));
    const headers = [...answer.headers].filter(([name]) => !/^(content-length|content-encoding|etag|last-modified)$/.test(name));
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end((await answer.text()) + text);
  }

  async #lose(incoming: IncomingMessage, response: ServerResponse, losing: string): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(incoming));
    const answer = await fetch(this.#of('/graphql'), {
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
