// What nearly every file of tests begins with: a board of its own and a browser, from before its first test until after its last.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launch, Person } from './browser.ts';
import { Board } from './palier.ts';

/** A board, and the people in front of it. */
export class House {
  #board: Board | undefined;
  #browser: Browser | undefined;

  constructor() {
    before(async () => {
      [this.#board, this.#browser] = await Promise.all([Board.open(), launch()]);
    });
    after(async () => {
      await this.#browser?.close();
      await this.#board?.close();
    });
  }

  get board(): Board {
    assert.ok(this.#board, 'it is there while tests run');
    return this.#board;
  }

  /** Anybody, with a browser of their own; signed in nowhere. */
  anybody(options: BrowserContextOptions = {}): Promise<Person> {
    assert.ok(this.#browser, 'it is there while tests run');
    return Person.at(this.board, this.#browser, options);
  }

  /** Somebody of the demo, signed in and before the board. */
  async somebody(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const person = await this.anybody(options);
    await person.signIn(`${name}@example.org`);
    return person;
  }
}

/** Nothing went wrong on their pages, and they are gone. */
export async function leave(...people: Person[]): Promise<void> {
  for (const person of people) {
    person.isClean();
    await person.close();
  }
}
