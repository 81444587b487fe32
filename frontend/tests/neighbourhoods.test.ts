// Somebody of two neighbourhoods, who founded the second, and what moderators call its tiles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

const house = new House();

test('a founder joins a second neighbourhood, and every page is of the one they are in', async () => {
  const code = await house.board.found('le-canal', 'Le Canal');
  const person = await house.somebody('mesange');
  const { page } = person;
  await person.open(`/join#code=${code}`);
  await page.getByRole('button', { name: /Rejoindre/ }).click();
  await page.waitForURL('**/n/le-canal');
  await page.locator('.empty').waitFor();

  // A founder's notice is not read before it is shown, and hangs in the neighbourhood they are in.
  await write(person, /Question/, 'Premier mot du canal', 'Bonjour à tous.');
  await putUp(person);
  await page.getByText('Affichée.').waitFor();
  await page.locator('.places summary', { hasText: 'Le Canal' }).waitFor();
  await person.open('/n/le-canal');
  await title(person, 'Premier mot du canal').waitFor();
  await person.open('/me');
  await page.getByText('Le Canal', { exact: false }).first().waitFor();
  await page.getByRole('link', { name: 'Premier mot du canal' }).waitFor();

  await page.locator('.places summary').click();
  await page.locator(`.places a[href="/n/${SLUG}"]`).click();
  await page.waitForURL(`**/n/${SLUG}`);
  await page.locator('.notice').first().waitFor();
  assert.equal(await page.locator('.places[open]').count(), 0);
  await person.open('/me');
  await page.locator('#own').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Premier mot du canal' }).count(), 0, 'the choice stays on the device');
  await leave(person);
});

test('a moderator names a tile, and the board calls it so at once', async () => {
  const person = await house.somebody('lanterne');
  const { page } = person;
  await page.getByRole('link', { name: 'Modération', exact: true }).click();
  await page.getByRole('link', { name: 'Carreaux' }).click();
  await page.getByRole('radio').first().check();
  const name = page.getByRole('textbox', { name: 'Son nom' });
  const before = await name.inputValue();
  await name.fill('La place aux tilleuls');
  await page.getByRole('button', { name: 'Donner ce nom' }).click();
  await page.getByText('Ce carreau s’appelle maintenant La place aux tilleuls.').waitFor();
  await page.getByRole('radio', { name: /La place aux tilleuls/ }).waitFor();

  await name.fill('\u200b\u200b');
  await page.getByRole('button', { name: 'Donner ce nom' }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  assert.ok(await name.evaluate((field) => field === document.activeElement));

  await page.getByRole('button', { name: 'Retirer le nom' }).click();
  await page.getByText(/Le nom est retiré/).waitFor();
  assert.notEqual(await name.inputValue(), 'La place aux tilleuls');
  assert.ok(before);
  await leave(person);
});

test('tiles are named by moderators only', async () => {
  const person = await house.somebody('myrtille');
  await person.open(`/n/${SLUG}/console/tiles`);
  await person.page.getByRole('heading', { name: 'Cette page est pour la modération' }).waitFor();
  await person.close();
});
