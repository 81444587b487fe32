// The program under test, as processes of its own.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

/** Whatever a test waits for outside of a browser comes within this time, in ms; making a demo takes the most of it. */
export const PATIENCE_MS = 120_000;
const LOOK_MS = 50;
/** What is kept of what a process says, in characters. */
const LAST_WORDS = 4_000;

export type Settings = Readonly<Record<string, string>>;

/** Below the ports that a system gives to whoever asks for any: nobody is given one of these by chance meanwhile. */
const PORTS = { from: 10_000, to: 32_000 };

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const probe = createServer();
    const port = randomInt(PORTS.from, PORTS.to);
    const listens = once(probe.listen(port, '127.0.0.1'), 'listening').then(() => true, () => false);
    if (!(await listens)) continue;
    await new Promise((closed) => probe.close(closed));
    return port;
  }
}

/** What the environment names: the program to start, or a server that the setup of the tests found. */
export function named(variable: 'PALIER_BIN' | 'PALIER_TEST_POSTGRES' | 'PALIER_TEST_REDIS'): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} must be set; docs/develop/web-app.md says how`);
  return value;
}

/** The environment of the tests with these settings, and no others. */
function environment(settings: Settings): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('PALIER_'));
  const told = Object.entries(settings).map(([name, value]) => [`PALIER_${name}`, value] as const);
  return Object.fromEntries([...others, ...told]);
}

/** Runs a command to its end; resolves with what it printed. */
export async function carryOut(words: readonly string[], settings: Settings): Promise<string> {
  const { stdout } = await promisify(execFile)(named('PALIER_BIN'), [...words], { env: environment(settings) });
  return stdout;
}

/** Whether the edge at an address says that it and all behind it are ready. */
const isReady = (address: string): Promise<boolean> => fetch(`http://${address}/readyz`).then(({ ok }) => ok, () => false);

/** One process, from its start on. */
export class Program {
  readonly #process: ChildProcess;
  readonly #ended: Promise<never>;
  #said = '';

  constructor(words: readonly string[], settings: Settings) {
    const started = spawn(named('PALIER_BIN'), [...words], { env: environment(settings), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-LAST_WORDS)));
    }
    this.#process = started;
    this.#ended = once(started, 'exit').then(() => Promise.reject(new Error(`palier ${words.join(' ')} ended:\n${this.#said}`)));
    this.#ended.catch(() => {});
  }

  /** Resolves when an edge is ready, its own or one that needs it; rejects when the process ends before. */
  async ready(address: string): Promise<void> {
    await Promise.race([this.#ended, this.#waited(address)]);
  }

  async #waited(address: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await isReady(address))) {
      if (Date.now() > deadline) throw new Error(`palier was not ready in time:\n${this.#said}`);
      await new Promise((look) => setTimeout(look, LOOK_MS));
    }
  }

  /** Ends it, in order (SIGTERM) or not (SIGKILL), and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }

  /** The last of what it said. */
  get said(): string {
    return this.#said;
  }
}
