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

/** Puts up what was written; resolves with its address. */
export async function up(person: Person): Promise<string> {
  await putUp(person);
  await person.page.getByText('Affichée.').waitFor();
  return new URL(person.page.url()).pathname;
}

/** A notice on somebody’s board, by its title. */
export const title = (person: Person, text: string): Locator => person.page.locator('.notice-title', { hasText: text });

/** Writes an event in two days, up to its last button; with so many places, or as many as it takes. */
export async function writeEvent(person: Person, name: string, places = ''): Promise<void> {
  const { page } = person;
  await write(person, /Événement/, name, 'Venez avec une chaise.');
  await page.getByLabel('Début').fill(`${inDays(2)}T18:00`);
  await page.getByLabel('Fin').fill(`${inDays(2)}T20:00`);
  await page.getByRole('textbox', { name: 'Lieu' }).fill('La cour');
  await page.getByRole('spinbutton', { name: 'Places' }).fill(places);
}

const DAY_MS = 86_400_000;

/** A day to come, as a field holds it. */
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
