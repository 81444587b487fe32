// What somebody saw and what became of it: corrected, or taken down. They learn so where they saw it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from './house/asking.ts';
import type { Person } from './house/browser.ts';
import { decide } from './house/desk.ts';
import { House, leave } from './house/home.ts';
import { press, reach } from './house/keyboard.ts';
import { look } from './house/look.ts';
import { SLUG } from './house/palier.ts';
import { title, up, write } from './house/writing.ts';

const house = new House();

const FACTS = 'La deuxième phrase traite un voisin de menteur ; la première peut rester.';
const BOARD = `/n/${SLUG}`;

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

/** Reads the board until it is known that a notice stood on the screen; its words are kept elsewhere. */
async function sees(reader: Person, path: string): Promise<void> {
  await reader.page.locator(`.notice-title a[href="${path}"]`).waitFor();
  await reader.keeps(`{"id":"${idOf(path)}","neighbourhood"`);
}

/** Its author changes the title of a notice. */
async function retitle({ page }: Person, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Retoucher' }).click();
  await page.getByRole('textbox', { name: 'Titre' }).fill(words);
  await page.getByRole('button', { name: 'Afficher la retouche' }).click();
  await page.getByRole('heading', { level: 1, name: words }).waitFor();
}

test('corrected while a reader was away: the board says so when they are back, and the notice says what changed', async (t) => {
  const [author, reader] = [await house.somebody('mesange'), await house.somebody('myrtille')];
  const { page } = reader;
  await write(author, /Question/, 'La benne passe lundi', 'Devant le 12, à six heures.');
  const path = await up(author);
  await sees(reader, path);
  await reader.open('/me');
  await retitle(author, 'La benne passe mardi');
  const line = page.getByRole('status').filter({ hasText: 'a été corrigée' });

  await t.test('told above the board, in words and by keyboard', async () => {
    await reader.open(BOARD);
    await line.getByText('« La benne passe mardi », que vous avez vue aujourd’hui, a été corrigée aujourd’hui.').waitFor();
    await look(reader);
    await page.reload();
    await line.waitFor();
    await press(reader, page.getByRole('link', { name: 'La relire' }), 'Enter');
    await page.waitForURL('**/post/*');
    await page.getByText('Corrigée après affichage').waitFor();
    await page.getByText(/\d{4}\s: le titre$/).waitFor();
    await look(reader);
  });

  await t.test('read again, it is told no more', async () => {
    await reader.open(BOARD);
    await title(reader, 'La benne passe mardi').waitFor();
    await page.locator('.side').waitFor();
    assert.equal(await line.count(), 0);
  });

  await t.test('and whoever never saw it as it was is told nothing on the board', async () => {
    const other = await house.somebody('lichen');
    await title(other, 'La benne passe mardi').waitFor();
    await other.page.locator('.side').waitFor();
    assert.equal(await other.page.getByText('a été corrigée').count(), 0);
    await leave(other);
  });
  await leave(author, reader);
});

test('taken down after it was seen: told with a way to the log, until the reader says that they know', async () => {
  const [author, other, moderator] = [await house.somebody('tilleul'), await house.somebody('lichen'), await house.somebody('lanterne')];
  const reader = await house.anybody({ locale: 'en-GB' });
  const { page } = reader;
  await reader.signIn('juniper@example.org');
  await write(author, /Question/, 'Encore lui', 'Encore un mensonge de menteur.');
  const path = await up(author);
  await sees(reader, path);
  await reader.open('/me');
  await report(other, idOf(path), 'HARASSMENT');
  await decide(moderator, idOf(path), { measure: 'REMOVE', rule: 'INSULT', facts: FACTS });

  await reader.open(BOARD);
  await page.getByText('A notice that you saw today was taken down by the moderators today. It was in “Question”.').waitFor();
  assert.equal(await page.getByText('Encore lui').count(), 0, 'no word of it');
  await reader.gone('Encore un mensonge');
  await look(reader);
  await reach(reader, page.getByRole('status').getByRole('link', { name: 'What moderators decide' }));
  await press(reader, page.getByRole('button', { name: 'Noted' }), 'Enter');
  await page.getByText('taken down by the moderators').waitFor({ state: 'detached' });
  assert.ok(await page.getByRole('heading', { level: 1 }).evaluate((own) => own === document.activeElement));
  await reader.gone(idOf(path));
  await page.reload();
  await page.locator('.side').waitFor();
  assert.equal(await page.getByText('taken down by the moderators').count(), 0);
  await leave(author, other, moderator, reader);
});

test('what happens before a reader’s eyes is told at once; what its author takes down is not, and nothing of it stays', async () => {
  const [author, reader] = [await house.somebody('parapluie'), await house.anybody({ locale: 'en-GB' })];
  const { page } = reader;
  await reader.signIn('kettle@example.org');
  await write(author, /Question/, 'Qui a le sécateur', 'Celui du cabanon.');
  const path = await up(author);
  await sees(reader, path);
  await retitle(author, 'Qui a les sécateurs');
  await page.getByText('“Qui a les sécateurs”, which you saw today, was corrected today.').waitFor();
  await page.getByRole('button', { name: 'Noted' }).click();
  await page.getByText('was corrected today').waitFor({ state: 'detached' });
  await author.page.getByRole('button', { name: 'Décrocher…' }).click();
  await author.page.getByRole('button', { name: 'Décrocher pour de bon' }).click();
  await author.page.waitForURL(`**${BOARD}`);
  await title(reader, 'Qui a les sécateurs').waitFor({ state: 'detached' });
  await reader.gone(idOf(path));
  assert.equal(await page.getByText('taken down by the moderators').count(), 0);

  await reader.open('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('.hero').waitFor();
  await reader.keepsNothing();
  await leave(author, reader);
});
