// A notice on paper: what it says, and nothing to press.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';

const house = new House();

/** Runs in the page: what can be pressed or filled in and would be printed. */
const controls = (): string[] =>
  [...document.querySelectorAll('button, input, textarea, select, summary, nav, .btn')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => element.outerHTML.slice(0, 80));

test('a printed notice has its text and its answers, and no buttons or fields', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  await page.locator('.notice', { has: page.locator('.date-tile') }).first().locator('.notice-title a').click();
  await page.getByRole('heading', { name: 'Réponses' }).waitFor();
  const title = await page.locator('h1').innerText();
  const text = await page.locator('.as-written').first().innerText();
  assert.notDeepEqual(await page.evaluate(controls), [], 'on the screen there are some');

  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.evaluate(controls), []);
  assert.ok(await page.getByRole('heading', { name: title }).isVisible());
  assert.ok(await page.getByText(text).first().isVisible());
  assert.ok(await page.locator('.notice-foot').isVisible(), 'who put it up, and when it comes down');
  assert.ok(await page.locator('.when').isVisible(), 'when and where');
  await leave(person);
});

/** Runs in the page: how bright a colour is, from 0 to 255. */
const brightness = (element: Element): number => {
  const [red = 0, green = 0, blue = 0] = getComputedStyle(element).color.match(/\d+/g)?.map(Number) ?? [];
  return (red + green + blue) / 3;
};

test('a board and the first page go on white paper too, from a dark screen, without what is pressed or only adorns', async () => {
  const reader = await house.anybody({ colorScheme: 'dark' });
  const member = await house.somebody('myrtille', { colorScheme: 'dark' });
  await reader.open('/');
  for (const { page } of [reader, member]) {
    await page.locator('.notice').first().waitFor();
    const heading = page.locator('h1');
    assert.ok((await heading.evaluate(brightness)) > 200, 'light on the dark screen');
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual(await page.evaluate(controls), []);
    assert.ok((await heading.evaluate(brightness)) < 60, 'dark on paper');
  }
  assert.ok(await reader.page.locator('.floor').isHidden());
  assert.ok(await reader.page.getByRole('heading', { name: 'Rejoindre un quartier' }).isHidden());
  await leave(reader, member);
});
