// Walking through a page with the keys alone.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Person } from './browser.ts';

/** More stops than the longest page has. */
const STOPS = 120;

/** Walks by Tab until something has the focus. */
export async function reach({ page }: Person, goal: Locator): Promise<void> {
  await goal.waitFor();
  for (let stop = 0; stop < STOPS; stop++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`not reached by keyboard: ${goal}`);
}

/** Walks there, and presses a key on it. */
export async function press(person: Person, goal: Locator, key = 'Space'): Promise<void> {
  await reach(person, goal);
  await person.page.keyboard.press(key);
}

/** Walks to a field, and writes into it instead of what stands there. */
export async function type(person: Person, label: string, text: string): Promise<void> {
  await reach(person, person.page.getByLabel(label));
  await person.page.keyboard.press('ControlOrMeta+a');
  await person.page.keyboard.type(text);
}
