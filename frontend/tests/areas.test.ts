// Places that somebody follows besides their tile, and the board of those alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { SLUG } from './house/palier.ts';

const house = new House();

/** The names of the tiles in which what the board shows hangs. */
async function tilesOn(page: Page): Promise<string[]> {
  const end = page.locator('.board-end');
  const older = page.getByRole('button', { name: 'Voir plus ancien', disabled: false });
  await end.or(older).waitFor();
  while ((await end.count()) === 0) {
    const standing = await page.locator('.notice').count();
    await older.click();
    await page.locator('.notice').nth(standing).waitFor();
    await end.or(older).waitFor();
  }
  const tops = await page.locator('.notice-top > span:first-of-type').allTextContents();
  return [...new Set(tops.map((text) => text.split(' · ')[0] ?? ''))].toSorted();
}

/** Runs in the page: whether the middle of every tile is on the map. */
const allOnMap = (): boolean => {
  const map = document.querySelector('.map')?.getBoundingClientRect();
  const names = [...document.querySelectorAll('.map .name')].map((name) => name.getBoundingClientRect());
  return names.every(({ left, right, top, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return map !== undefined && x >= map.left && x <= map.right && y >= map.top && y <= map.bottom;
  });
};

test('who follows a place reads it with their own tile and nothing else, until they let go of it', async (t) => {
  const person = await house.somebody('lanterne');
  const { page } = person;
  const everywhere = await tilesOn(page);

  await page.getByRole('link', { name: 'Mes endroits' }).click();
  await page.waitForURL('**?near');
  const home = ((await page.locator('.side b').first().textContent()) ?? '').trim();
  const before = await tilesOn(page);
  const whole = before.find((tile) => tile !== home);
  const other = everywhere.find((tile) => !before.includes(tile));
  assert.ok(before.includes(home) && other, `${everywhere.join(', ')} is more than ${before.join(', ')}`);

  await person.open('/me#areas');
  const areas = page.locator('#areas');
  await areas.getByRole('button', { name: 'Suivre un endroit' }).click();
  await areas.getByRole('button', { name: 'Suivre cet endroit' }).click();
  await areas.locator('.field .error').waitFor();
  await areas.getByLabel('Son nom').fill('L’école');
  await areas.getByRole('button', { name: 'Suivre cet endroit' }).click();
  await areas.getByText('Choisissez au moins un carreau.').waitFor();
  await t.test('the map and the list say the same', async () => {
    await areas.getByRole('button', { name: 'Montrer la carte' }).click();
    const onMap = (name: string): Locator =>
      areas.getByRole('group', { name: 'Carreaux sur la carte' }).getByRole('button', { name });
    const isListed = (name: string): Promise<boolean> => areas.getByRole('checkbox', { name }).isChecked();
    await onMap(other).click();
    assert.ok(await isListed(other));
    await onMap(home).click();
    assert.deepEqual([await isListed(home), await isListed(other)], [true, true], 'one does not take the place of another');
    await areas.getByRole('checkbox', { name: home }).uncheck();
    assert.equal(await onMap(home).getAttribute('aria-pressed'), 'false');
    assert.equal(await onMap(other).getAttribute('aria-pressed'), 'true');
    await onMap(other).click();
    assert.equal(await isListed(other), false, 'touched again it is let go');
    await onMap(other).focus();
    await page.keyboard.press('Enter');
    assert.ok(await isListed(other));
    await page.setViewportSize({ width: 320, height: 700 });
    await page.waitForFunction(allOnMap);
    await look(person);
  });
  await areas.getByRole('button', { name: 'Suivre cet endroit' }).click();
  await areas.getByText('Vous suivez « L’école ».').waitFor();

  await person.open(`/n/${SLUG}?near`);
  await page.locator('.side', { hasText: 'L’école' }).waitFor();
  assert.deepEqual(await tilesOn(page), [home, other, whole].filter((tile) => tile !== undefined).toSorted());
  // A category is chosen within these places.
  const question = page.getByRole('link', { name: 'Question', exact: true });
  await question.click();
  await page.waitForURL('**?c=question&near');
  assert.ok(await question.evaluate((link) => link === document.activeElement), 'who chooses goes on from there');

  await person.open('/me#areas');
  await areas.getByRole('button', { name: /Ne plus suivre/ }).click();
  await areas.getByText('Vous ne suivez plus « L’école ».').waitFor();
  await person.open(`/n/${SLUG}?near`);
  assert.deepEqual(await tilesOn(page), before);
  await leave(person);
});

test('the demo’s Myrtille follows a place from the beginning, and her board of places has it', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  await page.locator('.side', { hasText: 'Et aussi : Autour de l’atelier.' }).waitFor();
  await page.getByRole('link', { name: 'Mes endroits' }).click();
  await page.waitForURL('**?near');
  const near = await tilesOn(page);
  for (const tile of ['Pitkäsilta', 'Kolmikulma', 'Vanha kirkkopuisto']) assert.ok(near.includes(tile), near.join(', '));
  assert.ok(!near.includes('Rautatientori'), near.join(', '));
  await leave(person);
});
