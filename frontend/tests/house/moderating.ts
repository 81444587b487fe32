// What a moderator does in the console, for tests that are about something else; in French.
import assert from 'node:assert/strict';
import type { Person } from './browser.ts';
import { SLUG } from './palier.ts';

export const CONSOLE = `/n/${SLUG}/console`;

/** Looks after the neighbourhood: the queue stands. */
export async function attend(moderator: Person, at = CONSOLE): Promise<void> {
  await moderator.open(at);
  await moderator.page.locator('.queue-item, .queue .empty').first().waitFor();
}

/** The case of a notice, open: found by what its content says, since the queue says nothing of that. */
export async function openCase({ page }: Person, words: string): Promise<void> {
  const items = page.locator('.queue-item');
  await items.first().waitFor();
  for (let at = 0; at < (await items.count()); at++) {
    await items.nth(at).click();
    await items.nth(at).and(page.locator('[aria-current]')).waitFor();
    await page.locator('.case .well').first().waitFor();
    if (await page.locator('.case .well', { hasText: words }).count()) return;
  }
  assert.fail(`no case says: ${words}`);
}

export const claim = ({ page }: Person): Promise<void> => page.getByRole('button', { name: 'Prendre ce dossier' }).click();

/** Reads what waits and has these words in it, and has it shown. */
export async function release(moderator: Person, words: string, at = CONSOLE): Promise<void> {
  const { page } = moderator;
  await attend(moderator, at);
  await openCase(moderator, words);
  await claim(moderator);
  await page.getByRole('radio', { name: 'Garder' }).check();
  await page.getByLabel('Faits', { exact: true }).fill('Relue en entier : rien n’y est contraire aux règles.');
  await page.getByRole('button', { name: 'Envoyer la décision' }).click();
  await page.getByRole('heading', { name: 'C’est décidé' }).waitFor();
}
