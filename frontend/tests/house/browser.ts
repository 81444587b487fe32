import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import assert from 'node:assert/strict';
import { PASSWORD, type Board } from './palier.ts';

/** A browser that asks nobody but the board, whatever certificate that has: its own, where its roles are apart. */
export const FLAGS = [
  '--ignore-certificate-errors',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });

/** A person with a browser of their own. What their pages must never do is written down as they do it. */
export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #board: Board;
  /** Requests to anywhere else. */
  readonly foreign: string[] = [];
  /** What the content security policy stopped, and errors that no page expects. */
  readonly wrong: string[] = [];

  private constructor(board: Board, context: BrowserContext, page: Page) {
    this.#board = board;
    this.context = context;
    this.page = page;
    context.on('request', (request) => {
      const url = request.url();
      if (!/^(blob|data):/.test(url) && new URL(url).host !== new URL(board.origin).host) this.foreign.push(url);
    });
    page.on('pageerror', (error) => this.wrong.push(error.message));
    page.on('console', (message) => {
      if (/content security policy|trusted ?types/i.test(message.text())) this.wrong.push(message.text());
    });
  }

  static async at(board: Board, browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', baseURL: board.origin, ...options });
    context.setDefaultTimeout(15_000);
    return new Person(board, context, await context.newPage());
  }

  /** Opens a page of the board. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.#board.origin + path);
  }

  /** Signs in, as somebody of the demo unless a password says otherwise, and waits for the board. */
  async signIn(email: string, password = PASSWORD): Promise<void> {
    await this.open('/sign-in');
    await this.page.locator('input[type=email]').fill(email);
    await this.page.locator('input[type=password]').fill(password);
    await this.page.locator('form button[type=submit]').click();
    await this.page.waitForURL('**/n/*');
    await this.page.locator('.notice').first().waitFor();
  }

  /** Waits until the app is on this device: its service worker serves this page. */
  async installed(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await this.page.reload();
    await this.page.locator('.notice').first().waitFor();
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** Everything that this device keeps, as one text. */
  kept(): Promise<string> {
    return this.page.evaluate(async () => {
      // Opening it would make it, and without its stores, before the app does.
      if (!(await indexedDB.databases()).some((known) => known.name === 'palier')) return '[]';
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('palier');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const stores = await Promise.all(
        [...database.objectStoreNames].map(
          (name) =>
            new Promise<unknown>((resolve) => {
              const request = database.transaction(name).objectStore(name).getAll();
              request.onsuccess = () => resolve(request.result);
            })
        )
      );
      database.close();
      return JSON.stringify(stores);
    });
  }

  /** Resolves when something on this device has this text. */
  keeps(text: string): Promise<void> {
    return this.#comesTo(text, true);
  }

  /** Resolves when nothing on this device has this text any more. */
  gone(text: string): Promise<void> {
    return this.#comesTo(text, false);
  }

  /** There are all its stores, and nothing is in any of them. */
  async keepsNothing(): Promise<void> {
    assert.match(await this.kept(), /^\[(\[\],?)+\]$/);
  }

  /** Nothing was fetched from elsewhere, stopped by the policy or broken. */
  isClean(): void {
    assert.deepEqual(this.foreign, []);
    assert.deepEqual(this.wrong, []);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  async #comesTo(text: string, kept: boolean): Promise<void> {
    const deadline = Date.now() + 15_000;
    while ((await this.kept()).includes(text) !== kept) {
      if (Date.now() > deadline) throw new Error(`this device ${kept ? 'does not keep' : 'still keeps'}: ${text}`);
    }
  }
}
