// A palier of a test's own: the real program with its demo, in a folder and on ports of its own.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Front } from './front.ts';
import { carryOut, freePort, PATIENCE_MS, Program, type Settings } from './program.ts';
import { chosen, type Wiring } from './wiring.ts';

export { freePort } from './program.ts';

export const PASSWORD = 'seven kettles on the landing';
export const SLUG = 'kallio-demo';

/** One board: palier, as one process or as many, and a network in front of it. */
export class Board {
  readonly origin: string;
  readonly front: Front;
  readonly #data: string;
  readonly #wiring: Wiring;
  readonly #settings: Settings;
  readonly #running = new Map<string, Program>();

  private constructor(data: string, wiring: Wiring, port: number) {
    const certificates = join(data, 'certificates');
    this.#data = data;
    this.#wiring = wiring;
    this.origin = `${wiring.secure ? 'https' : 'http'}://127.0.0.1:${port}`;
    this.front = new Front(wiring.edges, wiring.secure ? certificates : undefined);
    this.#settings = { ...wiring.settings, PUBLIC_URL: this.origin, POSTS__POSTS_A_DAY: '10000' };
  }

  /** A fresh demo. */
  static async open(): Promise<Board> {
    const wiring = await chosen();
    const data = mkdtempSync(join(tmpdir(), 'palier-web-'));
    await wiring.fill(data);
    const port = await freePort();
    const board = new Board(data, wiring, port);
    await board.front.listen(port);
    await board.start();
    return board;
  }

  /** Starts palier, on what it kept where it ran before. */
  async start(): Promise<void> {
    for (const name of this.#wiring.processes.keys()) this.#begin(name);
    await this.#ready();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((program) => program.stop()));
  }

  /**
   * Something comes to pass while it is not running: nobody moves the clock of the program, so the moments are moved that
   * its notices are kept with, or what another role keeps. Of a board in one process, which keeps them in files.
   */
  async meanwhile(change: string, role: 'posts' | 'moderation' | 'identity' = 'posts'): Promise<void> {
    await this.stop();
    const store = new DatabaseSync(join(this.#data, `${role}.db`));
    store.exec(change);
    store.close();
    await this.start();
  }

  /** Ends one of its processes as a power cut does. */
  async kill(name: string): Promise<void> {
    await this.#running.get(name)?.stop('SIGKILL');
  }

  /** Starts one of its processes again. */
  async revive(name: string): Promise<void> {
    this.#begin(name);
    await this.#ready();
  }

  /** The names of its processes. */
  get processes(): string[] {
    return [...this.#wiring.processes.keys()];
  }

  #begin(name: string): void {
    const words = this.#wiring.processes.get(name);
    if (!words) throw new Error(`${name} is no process of this board`);
    this.#running.set(name, new Program([...words, '--data', this.#data], this.#settings));
  }

  /** Whatever runs is there once the edges say so. */
  async #ready(): Promise<void> {
    const all = [...this.#running.values()];
    await Promise.all(this.#wiring.edges.flatMap((edge) => all.map((program) => program.ready(edge))));
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.stop();
    await this.#wiring.forget();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Runs a command of palier's operator on this board; resolves with what it printed. */
  operate(...words: string[]): Promise<string> {
    return carryOut([...words, '--data', this.#data], this.#settings);
  }

  /** A further neighbourhood on the same streets, and the code with which a founder joins. */
  async found(slug: string, name: string): Promise<string> {
    const area = fileURLToPath(new URL('../../../services/palier/demo/area.geojson', import.meta.url));
    await this.operate('neighbourhood', 'create', '--slug', slug, '--name', name, '--area', area, '--households', '9000');
    return this.founderCode(slug);
  }

  /** A code with which one more founder joins. */
  async founderCode(slug: string): Promise<string> {
    const printed = await this.operate('invite', 'create', '--neighbourhood', slug, '--founder');
    const code = /[0-9A-Z]{3,5}(-[0-9A-Z]{3,5})+/.exec(printed)?.[0];
    if (!code) throw new Error(`no code in: ${printed}`);
    return code;
  }

  /** Everything palier said, for a look at what must not be there. */
  get said(): string {
    return [...this.#running.values()].map(({ said }) => said).join('\n');
  }

  /** The link in the newest mail to an address; waits until it is written. */
  async mailedLink(to: string): Promise<string> {
    const deadline = Date.now() + PATIENCE_MS;
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
  return /https?:\/\/\S+(?:#token=|\/statement\/)[\w-]+/.exec(plain)?.[0];
}
