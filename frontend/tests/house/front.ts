// Stands between a browser and a real palier as a network does. Nothing is answered in palier's place.
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';

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
  /** What stands at the end of a file of palier's besides, as in its next version. */
  added: { path: string; text: string } | undefined;

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
    if (this.losing && incoming.url === '/graphql') void this.#lose(incoming, response, this.losing);
    else if (this.added && this.added.path === incoming.url) void this.#add(response, this.added);
    else handOn(this.#palier, incoming, response);
  }

  async #add(response: ServerResponse, { path, text }: { path: string; text: string }): Promise<void> {
    const answer = await fetch(new URL(path, this.#palier));
    const headers = [...answer.headers].filter(([name]) => !/^(content-length|content-encoding|etag|last-modified)$/.test(name));
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end((await answer.text()) + text);
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
