// How the processes of a board are divided: all roles in one over SQLite, or each in one of its own, as a town would run them.
import { cpSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database.ts';
import { carryOut, freePort, named, Program, type Settings } from './program.ts';

export interface Wiring {
  /** Its processes by name, each with the words that it is started with. */
  readonly processes: ReadonlyMap<string, readonly string[]>;
  /** Where its edges listen. */
  readonly edges: readonly string[];
  /** What every process and every command of the operator is told. */
  readonly settings: Settings;
  /** Whether the network in front of it speaks TLS: its cookie asks for it. */
  readonly secure: boolean;
  /** Makes the demo, in an empty folder. */
  fill(data: string): Promise<void>;
  /** Nothing of it stays beside its folder. */
  forget(): Promise<void>;
}

/** The wiring that this run of the tests is about. */
export const chosen = (): Promise<Wiring> => (process.env.PALIER_TEST_APART ? apart() : together());

/** Makes the demo as a single process does. */
async function makeDemo(data: string, settings: Settings): Promise<void> {
  const edge = `127.0.0.1:${await freePort()}`;
  const making = new Program(['all', '--demo', '--data', data, '--listen', edge], settings);
  await making.ready(edge);
  await making.stop();
}

/** A folder with a demo of today in it, made by `fill` if there is none yet: that takes a minute, and a copy a moment. */
async function madeDemo(wiring: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const { size, mtimeMs } = statSync(named('PALIER_BIN'));
  const day = new Date().toISOString().slice(0, 10);
  const kept = join(tmpdir(), `palier-web-demo-${wiring}-${day}-${size}-${Math.floor(mtimeMs)}`);
  if (existsSync(kept)) return kept;
  const fresh = `${kept}-${process.pid}`;
  mkdirSync(fresh);
  await fill(fresh);
  renameSync(fresh, kept);
  return kept;
}

async function together(): Promise<Wiring> {
  const edge = `127.0.0.1:${await freePort()}`;
  return {
    processes: new Map([['all', ['all', '--demo', '--listen', edge]]]),
    edges: [edge],
    settings: {},
    secure: false,
    async fill(data) {
      cpSync(await madeDemo('together', (folder) => makeDemo(folder, {})), data, { recursive: true });
    },
    forget: () => Promise.resolve()
  };
}

const BEHIND = ['identity', 'posts', 'media', 'feeds', 'moderation'];
const EDGES = ['gateway', 'second gateway'];

/** A process for each role and two edges: PostgreSQL with a schema for each role, Redis between them, certificates. */
async function apart(): Promise<Wiring> {
  const database = await Database.make();
  const settings: Record<string, string> = {
    ...database.settings,
    BUS: named('PALIER_TEST_REDIS'),
    BUS_PREFIX: database.name
  };
  for (const role of BEHIND) {
    const at = `127.0.0.1:${await freePort()}`;
    settings[`ROLES__${role.toUpperCase()}__LISTEN`] = at;
    settings[`ROLES__${role.toUpperCase()}__AT`] = JSON.stringify([at]);
  }
  const edges = await Promise.all(EDGES.map(async () => `127.0.0.1:${await freePort()}`));
  const processes = new Map<string, readonly string[]>(BEHIND.map((role) => [role, ['run', role]]));
  EDGES.forEach((name, at) => processes.set(name, ['run', 'gateway', '--listen', edges[at] ?? '']));
  return {
    processes,
    edges,
    settings,
    secure: true,
    async fill(data) {
      const kept = await madeDemo('apart', makeDemoApart);
      cpSync(join(kept, 'data'), data, { recursive: true });
      await database.load(join(kept, 'stores.sql'));
    },
    forget: () => database.drop()
  };
}

/** The folder of a demo that is in PostgreSQL, with the secrets of processes apart, and what PostgreSQL holds of it. */
async function makeDemoApart(folder: string): Promise<void> {
  const database = await Database.make();
  const data = join(folder, 'data');
  await database.divide();
  await makeDemo(data, database.settings);
  await carryOut(['secrets', '--data', data], database.settings);
  await database.save(join(folder, 'stores.sql'));
  await database.drop();
}
