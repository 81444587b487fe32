// A new version is announced and waits: nobody loses a sentence to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { write } from './house/writing.ts';

const house = new House();

declare global {
  interface Window {
    /** Stands in the page until it is loaded again. */
    same?: boolean;
  }
}

test('a new version is announced, taken when the reader says so, and the draft is still there', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await person.installed();
  await write(person, /Question/, 'Une phrase en cours', 'Pas encore finie.');
  await page.evaluate(() => (window.same = true));
  const isSame = (): Promise<boolean> => page.evaluate(() => window.same === true);

  house.board.front.added = { path: '/service-worker.js', text: '\n// the next version' };
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.getByRole('status').filter({ hasText: 'Une nouvelle version du panneau est prête.' }).waitFor();
  assert.ok(await isSame(), 'it is not forced');
  assert.ok(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null), 'it waits');
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Une phrase en cours');

  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Prendre la nouvelle version' }).click()]);
  await page.getByRole('textbox', { name: 'Titre' }).waitFor();
  assert.ok(!(await isSame()), 'the page is the new version’s');
  assert.ok(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null));
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Une phrase en cours');
  assert.equal(await page.getByText('Une nouvelle version du panneau est prête.').count(), 0);
  await leave(person);
});
