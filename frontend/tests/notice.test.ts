// The page of a notice: what its author and its readers do there, and what is said of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, Person } from './house/browser.ts';
import { look } from './house/look.ts';
import { Board, SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

let board: Board;
let browser: Browser;

before(async () => {
  [board, browser] = await Promise.all([Board.open(), launch()]);
});
after(async () => {
  await browser?.close();
  await board?.close();
});

async function somebody(name: string): Promise<Person> {
  const person = await Person.at(board, browser);
  await person.signIn(`${name}@example.org`);
  return person;
}

test('an answer is withdrawn only after a question, and may stay', async () => {
  const [author, reader] = [await somebody('mesange'), await somebody('myrtille')];
  const { page } = reader;
  await write(author, /Question/, 'Qui connaît une couturière', 'Pour un ourlet.');
  await putUp(author);
  await author.page.getByText('Affichée.').waitFor();
  await reader.open(new URL(author.page.url()).pathname);
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Au-dessus du café.');
  assert.equal(await page.locator('main .btn.primary').count(), 1, 'one button is the first one');
  await page.locator('form').getByRole('button', { name: 'Répondre', exact: true }).click();
  await page.getByRole('button', { name: 'Retirer ma réponse…' }).click();
  await look(reader);
  await page.getByRole('button', { name: 'La laisser' }).click();
  await page.locator('.comment', { hasText: 'Au-dessus du café.' }).waitFor();
  await page.getByRole('button', { name: 'Retirer ma réponse…' }).click();
  await page.getByRole('button', { name: 'Retirer pour de bon' }).click();
  await page.getByText('Pas encore de réponse.').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await author.close();
  await reader.close();
});

test('that a notice is up is said until its author does something with it', async () => {
  const author = await somebody('mesange');
  const { page } = author;
  await write(author, /Question/, 'À quelle heure passe la benne', 'Le jeudi ?');
  await putUp(author);
  await page.getByText('Affichée.').waitFor();
  await page.getByRole('button', { name: 'Retoucher' }).click();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await page.getByRole('button', { name: 'Laisser comme avant' }).click();
  await page.getByRole('button', { name: 'C’est réglé' }).click();
  await page.locator('.state', { hasText: 'C’est réglé' }).waitFor();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await author.close();
});

test('that a notice is up is not said again when its page is loaded again', async () => {
  const author = await somebody('mesange');
  const { page } = author;
  await write(author, /Question/, 'Où trouver du terreau', 'Pour un balcon.');
  await putUp(author);
  await page.getByText('Affichée.').waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Où trouver du terreau' }).waitFor();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await author.close();
});

test('who reads what is held is told what came of it where it hung, and goes on from there', async () => {
  const [newcomer, moderator] = [await somebody('paper.boat'), await somebody('lanterne')];
  await newcomer.open('/new');
  await newcomer.page.getByRole('radio', { name: /Question/ }).check();
  await newcomer.page.getByRole('textbox', { name: 'Title' }).fill('Une première question');
  await newcomer.page.getByRole('textbox', { name: 'Text' }).fill('Bonjour à tous.');
  await newcomer.page.getByRole('button', { name: 'Put up', exact: true }).click();
  await newcomer.page.getByText('Received, not up yet.').waitFor();
  const { page } = moderator;
  await moderator.open(`/n/${SLUG}/held`);
  await page.getByRole('button', { name: 'Afficher : Une première question' }).click();
  const word = page.locator('[tabindex="-1"]', { has: page.locator('.note', { hasText: 'Une première question' }) }).last();
  await word.getByText('Affichée.').waitFor();
  assert.ok(await word.evaluate((own) => own === document.activeElement));
  assert.equal(await page.getByRole('heading', { name: 'Une première question' }).count(), 0);
  await look(moderator);
  await newcomer.close();
  await moderator.close();
});

test('of a notice that is signed with no name one can hide it alone', async () => {
  const [author, reader] = [await somebody('mesange'), await somebody('myrtille')];
  await write(author, /Question/, 'Un mot sans nom', 'De quelqu’un d’ici.');
  await author.page.getByRole('radio', { name: /un voisin/ }).check();
  await putUp(author);
  await author.page.getByText('Affichée.').waitFor();
  await title(reader, 'Un mot sans nom').getByRole('link').click();
  await reader.page.getByText('Ne plus voir ceci').click();
  await reader.page.getByRole('button', { name: 'Masquer cette annonce' }).waitFor();
  assert.equal(await reader.page.getByRole('button', { name: /Masquer tout/ }).count(), 0);
  await author.close();
  await reader.close();
});

test('on a phone the chips fade where they go on, each can be reached, and no keys are told of', async () => {
  const person = await Person.at(board, browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await person.signIn('myrtille@example.org');
  const { page } = person;
  const chips = page.locator('.chips.scroll');
  assert.match(await chips.evaluate((list) => getComputedStyle(list).maskImage), /gradient/);
  const last = chips.getByRole('link').last();
  await last.focus();
  const [list, chip] = [await chips.boundingBox(), await last.boundingBox()];
  assert.ok(list && chip && chip.x + chip.width <= list.x + list.width - 48, 'the last one stands before the fading');
  assert.ok(await page.locator('.keys').isHidden());
  await person.close();
});
