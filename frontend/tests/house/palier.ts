// A palier of a test's own: the real program with its demo, in a folder and on a port of its own.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Front } from './front.ts';

const READY_WITHIN_MS = 120_000;

export const PASSWORD = 'seven kettles on the landing';
export const SLUG = 'kallio-demo';

export async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

function program(): string {
  const named = process.env.PALIER_BIN;
  if (!named) throw new Error('PALIER_BIN must name the palier to start');
  return named;
}

function template(): string {
  const { size, mtimeMs } = statSync(program());
  const day = new Date().toISOString().slice(0, 10);
  return join(tmpdir(), `palier-web-demo-${day}-${size}-${Math.floor(mtimeMs)}`);
}

/** One board: palier, and a network in front of it. */
export class Board {
  readonly origin: string;
  readonly front: Front;
  readonly #data = mkdtempSync(join(tmpdir(), 'palier-web-'));
  readonly #listen: string;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(port: number, palierPort: number) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#listen = `127.0.0.1:${palierPort}`;
    this.front = new Front(`http://${this.#listen}`);
  }

  /** A fresh demo. Making one takes a minute, so the first of a day is kept aside and the others are copies of it. */
  static async open(): Promise<Board> {
    const made = template();
    const port = await freePort();
    const board = new Board(port, await freePort());
    if (existsSync(made)) cpSync(made, board.#data, { recursive: true });
    await board.front.listen(port);
    await board.start();
    if (!existsSync(made)) await board.#keepAside(made);
    return board;
  }

  async #keepAside(made: string): Promise<void> {
    await this.stop();
    const copy = `${made}-${process.pid}`;
    cpSync(this.#data, copy, { recursive: true });
    renameSync(copy, made);
    await this.start();
  }

  /** Starts palier, on what it kept where it ran before. */
  async start(): Promise<void> {
    // PALIER_… is what palier takes for its settings: its own name is none of them.
    const { PALIER_BIN: _program, ...environment } = process.env;
    const settings = {
      PALIER_PUBLIC_URL: this.origin,
      PALIER_POSTS__POSTS_A_DAY: '10000'
    };
    const started = spawn(program(), ['all', '--demo', '--data', this.#data, '--listen', this.#listen], {
      env: { ...environment, ...settings },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-4000)));
    }
    const ended = once(started, 'exit').then(() => Promise.reject(new Error(`palier ended:\n${this.#said}`)));
    ended.catch(() => {});
    await Promise.race([ended, this.#ready()]);
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const ready = await fetch(`http://${this.#listen}/readyz`).then(({ ok }) => ok, () => false);
      if (ready) return;
      if (Date.now() > deadline) throw new Error(`palier was not ready in time:\n${this.#said}`);
      await new Promise((look) => setTimeout(look, 50));
    }
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGTERM');
    await gone;
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Runs a command of palier's operator on this board; resolves with what it printed. */
  async operate(...words: string[]): Promise<string> {
    const { PALIER_BIN: _program, ...environment } = process.env;
    const { stdout } = await promisify(execFile)(program(), [...words, '--data', this.#data], {
      env: { ...environment, PALIER_PUBLIC_URL: this.origin }
    });
    return stdout;
  }

  /** A further neighbourhood on the same streets, and the code with which its founders join. */
  async found(slug: string, name: string): Promise<string> {
    const area = fileURLToPath(new URL('../../../services/palier/demo/area.geojson', import.meta.url));
    await this.operate('neighbourhood', 'create', '--slug', slug, '--name', name, '--area', area, '--households', '9000');
    const printed = await this.operate('invite', 'create', '--neighbourhood', slug, '--founder');
    const code = /[0-9A-Z]{3,5}(-[0-9A-Z]{3,5})+/.exec(printed)?.[0];
    if (!code) throw new Error(`no code in: ${printed}`);
    return code;
  }

  /** Everything palier said, for a look at what must not be there. */
  get said(): string {
    return this.#said;
  }

  /** The link in the newest mail to an address; waits until it is written. */
  async mailedLink(to: string): Promise<string> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      const link = this.#mails().filter((mail) => mail.includes(to)).map(linkIn).findLast(Boolean);
      if (link) return link;
      await new Promise((look) => setTimeout(look, 50));
    }
    throw new Error(`no mail to ${to}`);
  }

  #mails(): string[] {
    const folder = join(this.#data, 'mails');
    try {
      return readdirSync(folder).toSorted().map((name) => readFileSync(join(folder, name), 'utf8'));
    } catch {
      return [];
    }
  }
}

/** The first link of a mail, its lines unfolded (RFC 2045, quoted-printable). */
function linkIn(mail: string): string | undefined {
  const plain = mail.replace(/=\r?\n/g, '').replace(/=3D/gi, '=');
  return /https?:\/\/\S+#token=[\w-]+/.exec(plain)?.[0];
}
