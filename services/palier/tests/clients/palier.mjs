// A palier of a test's own: started with the demo in a folder of its own, on a port of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';

/** How long a palier may take to be ready, the demo's making included, in ms. */
const READY_WITHIN = 120_000;
/** How long it may take to stop after SIGTERM, in ms. */
const STOPPED_WITHIN = 15_000;
/** What is kept of what it says, to be shown when it fails, in characters. */
const LAST_WORDS = 4_000;

/** A port that is free now. */
async function freePort() {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address();
  await once(probe.close(), 'close');
  return port;
}

/** This process's environment without what palier would take for its settings. */
function withoutSettings() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PALIER_')));
}

/** One palier, over all the processes that it has been. */
export class Palier {
  #program;
  #data;
  #listen;
  #process;
  #said = '';

  constructor(program, data, port) {
    this.#program = program;
    this.#data = data;
    this.#listen = `127.0.0.1:${port}`;
  }

  /** A new one, started and ready; `PALIER_BIN` names the program. */
  static async create() {
    const program = process.env.PALIER_BIN;
    if (!program) throw new Error('PALIER_BIN must name the palier to start');
    const palier = new Palier(program, await mkdtemp(join(tmpdir(), 'palier-clients-')), await freePort());
    await palier.start();
    return palier;
  }

  /** Its origin: what a browser would send as `Origin`. */
  get origin() {
    return `http://${this.#listen}`;
  }

  /** Its resident GraphQL endpoint over HTTP. */
  get graphql() {
    return `${this.origin}/graphql`;
  }

  /** Starts it on the folder and the port that it had before, and waits until it is ready. */
  async start() {
    const args = ['all', '--demo', '--data', this.#data, '--listen', this.#listen];
    const started = spawn(this.#program, args, { env: { ...withoutSettings(), PALIER_POSTS__POSTS_A_DAY: '10000' }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#said = (this.#said + text).slice(-LAST_WORDS);
      });
    }
    const ended = once(started, 'exit').then(([code, signal]) => {
      throw new Error(`palier ended (${signal ?? code}) before it was ready:\n${this.#said}`);
    });
    ended.catch(() => {});
    await Promise.race([ended, this.#ready()]);
  }

  /** Resolves when `/readyz` says yes. */
  async #ready() {
    const deadline = Date.now() + READY_WITHIN;
    for (;;) {
      const ready = await fetch(`${this.origin}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      if (Date.now() > deadline) throw new Error(`palier was not ready in time:\n${this.#said}`);
      await new Promise((look) => setTimeout(look, 50));
    }
  }

  /** Ends the process, kindly (SIGTERM) or not (SIGKILL), and waits until it is gone. */
  async stop(signal = 'SIGTERM') {
    const stopped = this.#process;
    if (stopped.exitCode !== null || stopped.signalCode !== null) return;
    const gone = once(stopped, 'exit');
    stopped.kill(signal);
    const patience = setTimeout(() => stopped.kill('SIGKILL'), STOPPED_WITHIN);
    const [code, killedBy] = await gone;
    clearTimeout(patience);
    if (signal === 'SIGTERM' && code !== 0) {
      throw new Error(`palier did not stop in an orderly way (${killedBy ?? code}):\n${this.#said}`);
    }
  }

  /** Ends it and removes its folder. */
  async remove() {
    await this.stop('SIGKILL');
    await rm(this.#data, { recursive: true, force: true });
  }
}

/** The address and the password of each resident of the demo who is no newcomer, as they are checked in. */
export function demoResidents() {
  const file = new URL('../../demo/residents.toml', import.meta.url);
  const { password, residents } = parse(readFileSync(file, 'utf8'));
  return residents.filter(({ newcomer }) => !newcomer).map(({ email }) => ({ email, password }));
}
