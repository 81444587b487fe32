// A database in PostgreSQL for one board, with a schema for each of its stores.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { named, type Settings } from './program.ts';

const STORES = ['identity', 'posts', 'media', 'feeds', 'moderation', 'deletions'];

const run = promisify(execFile);

export class Database {
  readonly name = `web_${randomBytes(6).toString('hex')}`;
  readonly #server = named('PALIER_TEST_POSTGRES');
  readonly #url: URL;

  private constructor() {
    this.#url = new URL(this.#server);
    this.#url.pathname = this.name;
  }

  /** An empty one. */
  static async make(): Promise<Database> {
    const database = new Database();
    await database.#psql(database.#server, '-c', `create database ${database.name}`);
    return database;
  }

  /** Where each role keeps its rows. */
  get settings(): Settings {
    const at = (schema: string): string => {
      const url = new URL(this.#url);
      const options = `options=-c%20search_path%3D${schema}`;
      url.search = url.search ? `${url.search}&${options}` : options;
      return url.href;
    };
    return Object.fromEntries(STORES.map((store) => [`STORES__${store.toUpperCase()}`, at(store)]));
  }

  /** Makes the schemas, with nothing in them. */
  async divide(): Promise<void> {
    await this.#psql(this.#url.href, '-c', STORES.map((store) => `create schema ${store};`).join(' '));
  }

  /** Writes down all it holds. */
  async save(file: string): Promise<void> {
    await run('pg_dump', ['-w', '--no-owner', '-f', file, this.#url.href]);
  }

  /** Holds what was written down of another, and nothing was in it before. */
  async load(file: string): Promise<void> {
    await this.#psql(this.#url.href, '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', file);
  }

  async drop(): Promise<void> {
    await this.#psql(this.#server, '-c', `drop database ${this.name} with (force)`);
  }

  async #psql(url: string, ...words: string[]): Promise<void> {
    await run('psql', ['-X', '-w', '-q', '-d', url, ...words]);
  }
}
