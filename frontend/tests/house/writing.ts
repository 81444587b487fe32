import type { Locator } from 'playwright-core';
import type { Person } from './browser.ts';

/** Writes a notice, up to its last button. */
export async function write(person: Person, category: RegExp, title: string, text: string): Promise<void> {
  const { page } = person;
  await person.open('/new');
  await page.getByRole('radio', { name: category }).check();
  await page.getByRole('textbox', { name: 'Titre' }).fill(title);
  await page.getByRole('textbox', { name: 'Texte' }).fill(text);
}

/** Presses that last button. */
export const putUp = (person: Person): Promise<void> => person.page.getByRole('button', { name: 'Afficher', exact: true }).click();

/** A notice on somebody’s board, by its title. */
export const title = (person: Person, text: string): Locator => person.page.locator('.notice-title', { hasText: text });
